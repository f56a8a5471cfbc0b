import { createRequire } from 'node:module';
import { z } from 'zod';

export interface NativeTranscribeOptions {
  /** "auto" detects it. */
  language: string;
  maxThreads: number;
  temperature: number;
  temperatureInc: number;
  tokenTimestamps: boolean;
  maxLen: number;
}

/** A loaded model of the native whisper.cpp module. */
export interface NativeContext {
  transcribeData(
    pcm: ArrayBuffer,
    options: NativeTranscribeOptions,
  ): { stop: () => Promise<void>; promise: Promise<unknown> };
  release(): Promise<void>;
}

interface NativeModule {
  /** Loads the model while it is constructed, and throws where it cannot. */
  WhisperContext: new (options: { filePath: string; useGpu: boolean }) => NativeContext;
}

export interface LoadedNativeModule {
  version: string;
  /** @throws Error where the file is no ggml Whisper model */
  openModel(path: string): NativeContext;
}

const isNativeModule = (value: unknown): value is NativeModule =>
  z.object({ WhisperContext: z.function() }).safeParse(value).success;

const manifestSchema = z.object({ version: z.string() });

/** Names the package that carries whisper.cpp for a platform. Only the one that fits is ever installed. */
function nameNativePackage(platform: NodeJS.Platform, architecture: string): string {
  return `@fugood/node-whisper-${platform}-${architecture}`;
}

/** Loads whisper.cpp for this machine; undefined where there is none. */
export function loadNativeModule(): LoadedNativeModule | undefined {
  const require = createRequire(import.meta.url);
  const name = nameNativePackage(process.platform, process.arch);
  let loaded: unknown;
  let manifest: unknown;
  try {
    loaded = require(name);
    manifest = require(`${name}/package.json`);
  } catch {
    return undefined; // Not installed, or a system library is missing: either way there is no such engine here.
  }
  if (!isNativeModule(loaded)) return undefined;
  const { WhisperContext } = loaded;
  return {
    version: manifestSchema.parse(manifest).version,
    openModel: (filePath) => new WhisperContext({ filePath, useGpu: process.platform === 'darwin' }),
  };
}
