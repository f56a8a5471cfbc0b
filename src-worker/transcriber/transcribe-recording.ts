import type { z } from 'zod';
import { nativePartCacheFolder } from '../../src-node/native-parts.ts';
import { createLogger, createSilentLogger, type Logger } from '../../src-node/logger.ts';
import type {
  CreatedSpeechEngine,
  CreateSpeechEngineOptions,
} from '../adapters/speech/create-speech-engine.ts';
import { samplesToMs } from './audio-format.ts';
import { findResource } from './find-resource.ts';
import { startListening } from './listen.ts';
import { runPipeline, type PipelineOptions, type PipelineOutcome } from './pipeline.ts';
import { ProgressMeter } from './progress-meter.ts';
import type {
  SavedChunk,
  transcriptionRequestSchema,
  TranscriptionEvent,
  TranscriptionSummary,
} from './protocol.ts';
import { Scratch } from './scratch.ts';

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
  const { firstIndex, startSample } = findResumePoint(request.resume.savedChunks);
  const [{ engine, reason }, listening] = await Promise.all([
    createEngine({
      modelPath: request.modelDirectory,
      cacheFolder: request.cacheDirectory ?? nativePartCacheFolder(),
      logger: openLogger(request),
    }),
    startListening(
      { ...request, startSample },
      request.voiceDetectorPath ?? findResource(voiceDetectorResource),
    ),
  ]);
  try {
    await emit({ type: 'engine', name: engine.name, version: engine.version, note: reason });
    const scratch = new Scratch(request.scratchDirectory, engine.identity);
    const { chunkCount, language, hasText } = await recognise(request, {
      ...{ engine, scratch, emit, firstIndex },
      chunks: listening.chunks,
    });
    const heard = listening.readSummary();
    if (heard?.isTruncated === true) await emit(truncationWarning);
    await scratch.clear();
    return {
      durationMs: samplesToMs(heard?.endSample ?? startSample),
      language: hasText ? language : null,
      chunkCount,
      outcome: hasText ? 'speech' : 'no-speech',
    };
  } finally {
    await engine.close();
  }
}

const voiceDetectorResource = 'vad/silero-vad-v6.onnx';

/** Runs the pipeline, telling of progress as it goes. */
async function recognise(
  request: Request,
  parts: Pick<PipelineOptions, 'engine' | 'scratch' | 'chunks' | 'firstIndex'> & {
    emit: TranscribeRecordingDependencies['emit'];
  },
): Promise<PipelineOutcome & { hasText: boolean }> {
  const { emit, ...pipelineParts } = parts;
  const { savedChunks } = request.resume;
  const language = await settleKnownLanguage(request, emit);
  const meter = new ProgressMeter({ totalMs: request.durationMs, savedMs: sumDurations(savedChunks) });
  let hasText = savedChunks.some((chunk) => chunk.hasSpeech ?? language !== undefined);

  await emit(meter.read());
  const stopReporting = reportRegularly(() => emit(meter.read()));
  try {
    const outcome = await runPipeline({
      ...pipelineParts,
      savedChunks,
      language,
      saveLanguage: (found) => emit({ type: 'language', ...found }),
      saveChunk: async (chunk) => {
        await emit({ type: 'chunk', chunk });
        hasText ||= chunk.hasSpeech;
        meter.addSaved(chunk.endMs - chunk.startMs);
        await emit(meter.read());
      },
    });
    return { ...outcome, hasText };
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

/**
 * The language that an earlier run settled on, since a transcript is in one language; else the creator's choice, which
 * is then saved; else undefined.
 */
async function settleKnownLanguage(
  { language: chosen, resume }: Request,
  emit: TranscribeRecordingDependencies['emit'],
): Promise<string | undefined> {
  if (resume.language) return resume.language.code;
  if (chosen !== undefined) await emit({ type: 'language', language: chosen, probability: 1 });
  return chosen;
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
