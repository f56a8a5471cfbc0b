import type { z } from 'zod';
import { nativePartCacheFolder } from '../../src-node/native-parts.ts';
import { createLogger, createSilentLogger, type Logger } from '../../src-node/logger.ts';
import type {
  CreatedSpeechEngine,
  CreateSpeechEngineOptions,
} from '../adapters/speech/create-speech-engine.ts';
import { samplesToMs } from './audio-format.ts';
import { cutIntoChunks } from './chunk-source.ts';
import { decodeAudio, type DecodeSummary } from './decode.ts';
import { findResource } from './find-resource.ts';
import { runPipeline } from './pipeline.ts';
import { ProgressMeter } from './progress-meter.ts';
import type {
  SavedChunk,
  TranscribedChunk,
  transcriptionRequestSchema,
  TranscriptionEvent,
  TranscriptionSummary,
} from './protocol.ts';
import { Scratch } from './scratch.ts';
import { loadVoiceDetector } from './vad.ts';

type Request = z.output<typeof transcriptionRequestSchema>;

export interface TranscribeRecordingDependencies {
  createEngine: (options: CreateSpeechEngineOptions) => Promise<CreatedSpeechEngine>;
  /** Resolves once the event's effect outlives a crash. */
  emit: (event: TranscriptionEvent) => Promise<void>;
}

/** Keeps whoever watches sure that work goes on, also while a resumed run passes over what is done. */
const progressIntervalMs = 1000;

/**
 * Transcribes one recording from where the saved chunks end.
 *
 * @throws AppError `media.*`, `storage.*`, `dependency.*`, `input.not-a-model`
 */
export async function transcribeRecording(
  request: Request,
  { createEngine, emit }: TranscribeRecordingDependencies,
): Promise<TranscriptionSummary> {
  const logger = openLogger(request);
  const { engine, reason } = await createEngine({
    modelPath: request.modelDirectory,
    cacheFolder: request.cacheDirectory ?? nativePartCacheFolder(),
    logger,
  });
  const detector = await loadVoiceDetector(request.voiceDetectorPath ?? findResource(voiceDetectorResource));
  try {
    await emit({ type: 'engine', name: engine.name, version: engine.version, note: reason });
    return await transcribeWith(request, { engine, detector, emit });
  } finally {
    await Promise.all([engine.close(), detector.close()]);
  }
}

const voiceDetectorResource = 'vad/silero-vad-v6.onnx';

async function transcribeWith(
  request: Request,
  tools: {
    engine: CreatedSpeechEngine['engine'];
    detector: Awaited<ReturnType<typeof loadVoiceDetector>>;
    emit: TranscribeRecordingDependencies['emit'];
  },
): Promise<TranscriptionSummary> {
  const { engine, detector, emit } = tools;
  const { savedChunks } = request.resume;
  const { firstIndex, startSample } = findResumePoint(savedChunks);
  const knownLanguage = await settleKnownLanguage(request, emit);
  const meter = new ProgressMeter({ totalMs: request.durationMs, savedMs: sumDurations(savedChunks) });
  const scratch = new Scratch(request.scratchDirectory, engine.identity);
  let hasText = savedChunks.some((chunk) => chunk.hasSpeech ?? knownLanguage !== undefined);
  let heard: DecodeSummary | undefined;

  const hear = async function* (): AsyncGenerator<Float32Array> {
    heard = yield* decodeAudio({ ...request, startSample });
  };
  const saveChunk = async (chunk: TranscribedChunk): Promise<void> => {
    await emit({ type: 'chunk', chunk });
    hasText ||= chunk.hasSpeech;
    meter.addSaved(chunk.endMs - chunk.startMs);
    await emit(meter.read());
  };

  await emit(meter.read());
  const stopReporting = reportRegularly(() => emit(meter.read()));
  try {
    const { chunkCount, language } = await runPipeline({
      engine,
      scratch,
      chunks: cutIntoChunks(hear(), { startSample, detector }),
      firstIndex,
      savedChunks,
      language: knownLanguage,
      saveLanguage: ({ language: code, probability }) =>
        emit({ type: 'language', language: code, probability }),
      saveChunk,
    });
    if (heard?.isTruncated === true) await emit(truncationWarning);
    await scratch.clear();
    return {
      durationMs: samplesToMs(heard?.endSample ?? startSample),
      language: hasText ? language : null,
      chunkCount,
      outcome: hasText ? 'speech' : 'no-speech',
    };
  } finally {
    stopReporting();
  }
}

const truncationWarning: TranscriptionEvent = {
  type: 'warning',
  code: 'media.truncated',
  userMessage:
    'The recording ends earlier than the file says: it was probably not copied or saved to its end. What is there was transcribed.',
};

/** Where the unbroken row of saved chunks ends. */
export function findResumePoint(savedChunks: readonly SavedChunk[]): {
  firstIndex: number;
  startSample: number;
} {
  const byIndex = new Map(savedChunks.map((chunk) => [chunk.index, chunk]));
  let firstIndex = 0;
  let startSample = 0;
  for (;;) {
    const next = byIndex.get(firstIndex);
    if (next?.startSample !== startSample) return { firstIndex, startSample };
    startSample = next.endSample;
    firstIndex += 1;
  }
}

/** The language saved by an earlier run, else the creator's choice (which is then saved), else undefined. */
async function settleKnownLanguage(
  { language: chosen, resume }: Request,
  emit: TranscribeRecordingDependencies['emit'],
): Promise<string | undefined> {
  if (chosen !== undefined && resume.language?.code !== chosen) {
    await emit({ type: 'language', language: chosen, probability: 1 });
  }
  return chosen ?? resume.language?.code;
}

function sumDurations(chunks: readonly SavedChunk[]): number {
  return chunks.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

function reportRegularly(report: () => Promise<void>): () => void {
  let isReporting = false;
  const timer = setInterval(() => {
    if (isReporting) return;
    isReporting = true;
    void report().then(() => {
      isReporting = false;
    });
  }, progressIntervalMs);
  return () => clearInterval(timer);
}

function openLogger({ logsDirectory }: Request): Logger {
  return logsDirectory === undefined
    ? createSilentLogger()
    : createLogger({ processName: 'transcriber', logsFolder: logsDirectory });
}
