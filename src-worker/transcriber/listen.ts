import { Readable } from 'node:stream';
import { cutIntoChunks, type AudioChunk } from './chunk-source.ts';
import { decodeAudio, type DecodeRequest, type DecodeSummary } from './decode.ts';
import { loadVoiceDetector } from './vad.ts';

/** A recording that is being listened to. */
export interface Listening {
  /** Throws what {@link decodeAudio} throws. */
  chunks: AsyncIterable<AudioChunk>;
  /** Undefined until all chunks were taken. */
  readSummary: () => DecodeSummary | undefined;
}

/** One chunk is found ahead, while the engine is loading or at work. */
const chunksAhead = 1;

/** Starts to decode a recording and to cut it into chunks. */
export async function startListening(request: DecodeRequest, voiceDetectorPath: string): Promise<Listening> {
  const detector = await loadVoiceDetector(voiceDetectorPath);
  let summary: DecodeSummary | undefined;
  const hear = async function* (): AsyncGenerator<Float32Array> {
    summary = yield* decodeAudio(request);
  };
  const cut = async function* (): AsyncGenerator<AudioChunk> {
    try {
      yield* cutIntoChunks(hear(), { startSample: request.startSample, detector });
    } finally {
      await detector.close();
    }
  };
  const chunks = Readable.from(cut(), { objectMode: true, highWaterMark: chunksAhead });
  // Whoever takes the chunks gets the error thrown, even if it happens before anyone does.
  chunks.on('error', () => undefined);
  // Begins at once, not only when the first chunk is asked for.
  chunks.read(0);
  return { chunks, readSummary: () => summary };
}
