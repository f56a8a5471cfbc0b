import type { Logger } from '../../../src-node/logger.ts';
import type { SpeechEngine } from './speech-engine.ts';

export interface CreateSpeechEngineOptions {
  /** What `findSpeechModel` (models.ts) gave: a CTranslate2 folder or a ggml file. */
  modelPath: string;
  /** Where a converted copy of the model may be kept for the portable engine. */
  cacheFolder: string;
  logger: Logger;
  /** The folder or program of the sidecar; undefined where there is none. Default: the native part `speechEngine`. */
  sidecarPath?: string | undefined;
  /** For tests and for the user's own choice. Default `auto`. */
  prefer?: 'auto' | 'ctranslate2' | 'whisper.cpp';
  /** Processor cores the engine may use. Default: all. */
  threads?: number;
}

export interface CreatedSpeechEngine {
  engine: SpeechEngine;
  /** One sentence for the log and for diagnostics: which engine, and why. */
  reason: string;
}

/**
 * Loads the model into the fast engine (CTranslate2 sidecar) where it exists and works, else into the portable one
 * (whisper.cpp).
 *
 * @throws AppError `dependency.speech-model-missing`, `input.not-a-model` or `dependency.speech-engine-crashed`
 */
export function createSpeechEngine(options: CreateSpeechEngineOptions): Promise<CreatedSpeechEngine> {
  return Promise.reject(new Error(`no speech engine yet for ${options.modelPath}`));
}
