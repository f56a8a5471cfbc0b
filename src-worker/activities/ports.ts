import type { Loudness, StorageMode } from '../../src-shared/domain/asset.ts';
import type { MediaProbe } from '../../src-shared/domain/media-probe.ts';
import type { Chapter, Segment } from '../../src-shared/domain/transcript.ts';
import type {
  TranscriptionEvent,
  TranscriptionRequest,
  TranscriptionSummary,
} from '../transcriber/protocol.ts';

/**
 * What activities need from the world outside the database: the outlines of the adapters, so that tests can script
 * what a real machine cannot be made to do. All of it ends within a second when the signal is aborted, processes and
 * requests included.
 */
export interface TaskOptions {
  signal: AbortSignal;
  /** The share done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

export interface FileContent {
  contentHash: string;
  sizeBytes: number;
  /** ISO 8601, UTC. */
  fileModifiedAt: string;
}

export interface MediaPort {
  /** @throws AppError `storage.*`, `input.empty-file`, `media.changed` where the file changed meanwhile */
  readContent(path: string, options: TaskOptions): Promise<FileContent>;
  /** Copies into a folder that is emptied before; returns the copy's path. */
  copyOriginal(
    copy: { sourcePath: string; targetFolder: string; content: FileContent },
    options: TaskOptions,
  ): Promise<{ path: string; fileModifiedAt: string }>;
  probe(path: string, options: TaskOptions): Promise<MediaProbe>;
  /** Returns false where the file has nothing to show. */
  makeThumbnail(
    request: { sourcePath: string; probe: MediaProbe; destinationPath: string },
    options: TaskOptions,
  ): Promise<boolean>;
  /** Writes the waveform and measures the loudness in one pass. */
  measureSound(
    request: { sourcePath: string; probe: MediaProbe; waveformPath: string },
    options: TaskOptions,
  ): Promise<Loudness>;
}

export interface TranscriptionPort {
  ffmpegPath: () => string;
  /** `onEvent` may write to the database: the transcriber goes on once it has returned. */
  transcribe(
    request: TranscriptionRequest,
    options: { signal: AbortSignal; onEvent: (event: TranscriptionEvent) => void },
  ): Promise<TranscriptionSummary>;
}

export interface DownloadProgress {
  downloadedBytes: number;
  sizeBytes: number;
  remainingMs: number | null;
}

export interface SpeechModelPort {
  /** The folder or file of an installed model. @throws AppError `dependency.speech-model-missing` */
  locate(modelId: string): Promise<string>;
  /** Goes on with what has arrived before, and checks the hash. @throws AppError `dependency.*`, `storage.*` */
  download(
    modelId: string,
    options: { signal: AbortSignal; onProgress: (progress: DownloadProgress) => void },
  ): Promise<{ sizeBytes: number }>;
}

export interface ChatModelPort {
  /** Goes on with what has arrived before. @throws AppError `dependency.*`, `input.not-found`, `storage.disk-full` */
  pull(
    name: string,
    options: {
      signal: AbortSignal;
      onProgress: (progress: { downloadedBytes: number; sizeBytes: number }) => void;
    },
  ): Promise<void>;
}

/** What the local model makes of a transcript. */
export interface WrittenDescription {
  title: string;
  summary: string;
  hook: string;
  keywords: string[];
  chapters: Chapter[];
}

/** Into how many parts a transcript was cut for the model, and how many of them it has read. */
export interface TranscriptReading {
  readParts: number;
  allParts: number;
}

export interface TranscriptToDescribe {
  originalName: string;
  language: string | null;
  durationMs: number;
  segments: readonly Segment[];
}

export interface ChatPort {
  /** The model to use: the one chosen for it if it is installed, else the first one; null where there is none. */
  findModel(options: { signal: AbortSignal }): Promise<string | null>;
  /** @throws AppError `dependency.*` where there is no model, or it fails */
  describe(
    transcript: TranscriptToDescribe,
    options: { signal: AbortSignal; onProgress: (fraction: number) => void },
  ): Promise<{ description: WrittenDescription; reading: TranscriptReading; model: string }>;
}

/** The product boundary, as the loops see it. */
export interface BoundaryPort {
  /** @throws AppError as the boundary answers; `dependency.api-unavailable` where nobody answers */
  ingestMedia(
    input: { path: string; storage: StorageMode },
    idempotencyKey: string,
  ): Promise<{ assetId: string }>;
  describeAsset(input: { assetId: string }, idempotencyKey: string): Promise<void>;
}
