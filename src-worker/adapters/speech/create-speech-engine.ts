import { mkdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../../src-node/logger.ts';
import { resolveNativePart } from '../../../src-node/native-parts.ts';
import { AppError, toAppError } from '../../../src-shared/domain/errors.ts';
import { startCt2Engine } from './ctranslate2/ct2-engine.ts';
import { computeModelFingerprint } from './model-fingerprint.ts';
import { inspectModel, type InspectedModel } from './inspect-model.ts';
import type { SpeechEngine } from './speech-engine.ts';
import { convertToGgml } from './whisper-cpp/convert-model.ts';
import { loadNativeModule } from './whisper-cpp/native-module.ts';
import { startWhisperCppEngine } from './whisper-cpp/whisper-cpp-engine.ts';

export interface CreateSpeechEngineOptions {
  /** A CTranslate2 folder or a ggml file. */
  modelPath: string;
  /** Where a converted copy of the model may be kept for the portable engine. */
  cacheFolder: string;
  logger: Logger;
  /** The sidecar's program; undefined where there is none. Default: the native part `speechEngine`. */
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
 * (whisper.cpp), for which a CTranslate2 model is converted once.
 *
 * @throws AppError `dependency.speech-model-missing`, `input.not-a-model` or `dependency.speech-engine-crashed`
 */
export async function createSpeechEngine(options: CreateSpeechEngineOptions): Promise<CreatedSpeechEngine> {
  const model = await inspectModel(options.modelPath);
  const prefer = options.prefer ?? 'auto';
  const sidecarPath =
    'sidecarPath' in options ? options.sidecarPath : resolveNativePart('speechEngine')?.path;
  const threads = options.threads ?? availableParallelism();

  if (prefer === 'whisper.cpp') return startPortable(options, model, threads, 'it was asked for');
  if (model.format === 'ggml') return startPortable(options, model, threads, 'the model is a ggml file');
  if (sidecarPath === undefined) {
    return startPortable(options, model, threads, 'the fast engine is not installed on this machine');
  }
  try {
    const engine = await startCt2Engine({
      programPath: sidecarPath,
      modelFolder: options.modelPath,
      threads,
      logger: options.logger,
    });
    return { engine, reason: `CTranslate2 ${engine.version}: the fast engine is installed and works.` };
  } catch (error) {
    const reason = toAppError(error);
    if (prefer === 'ctranslate2' || reason.code !== 'dependency.speech-engine-crashed') throw error;
    options.logger.warn({ err: reason }, 'the fast speech engine does not start');
    return startPortable(options, model, threads, 'the fast engine does not start on this machine');
  }
}

async function startPortable(
  options: CreateSpeechEngineOptions,
  model: InspectedModel,
  threads: number,
  because: string,
): Promise<CreatedSpeechEngine> {
  const native = loadNativeModule();
  if (native === undefined) {
    throw new AppError({
      code: 'dependency.speech-engine-crashed',
      userMessage: `No speech engine works on this machine: ${because}, and the portable one is not installed. Your recordings and transcripts are unchanged. Run \`npm run doctor\` to see what is missing.`,
      retry: 'user',
      details: { because, platform: process.platform, architecture: process.arch },
    });
  }
  const modelPath = model.format === 'ggml' ? options.modelPath : await findConverted(options);
  const { isMultilingual } = model;
  const engine = await startWhisperCppEngine({ native, modelPath, isMultilingual, threads });
  return { engine, reason: `whisper.cpp ${engine.version}: ${because}.` };
}

/** The converted copy, made at the first need. Two processes may make it at once: the last one wins. */
async function findConverted(options: CreateSpeechEngineOptions): Promise<string> {
  const folder = join(options.cacheFolder, 'converted-models');
  const path = join(folder, `${await computeModelFingerprint(options.modelPath)}-q8_0.bin`);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    options.logger.info({ path }, 'converting the speech model for the portable engine');
    await mkdir(folder, { recursive: true });
    await convertToGgml(options.modelPath, path);
  }
  return path;
}
