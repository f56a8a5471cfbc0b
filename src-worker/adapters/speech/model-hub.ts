import { z } from 'zod';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { createDownloadError, type FileToDownload } from './download-file.ts';

/** The official hub. Tests put their own server here. */
export const officialHubUrl = 'https://huggingface.co';

/** Where a model is on the hub. */
export interface HubModel {
  repository: string;
  /** SHA-256 of model.bin, where we have checked it. Else the hash that the hub states is used. */
  sha256?: string;
}

/** Every model of the catalogue. */
const hubModels: Readonly<Record<string, HubModel>> = {
  tiny: { repository: 'Systran/faster-whisper-tiny' },
  base: {
    repository: 'Systran/faster-whisper-base',
    sha256: 'd01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9',
  },
  small: { repository: 'Systran/faster-whisper-small' },
  medium: { repository: 'Systran/faster-whisper-medium' },
  'large-v3-turbo': { repository: 'mobiuslabsgmbh/faster-whisper-large-v3-turbo' },
  'large-v3': { repository: 'Systran/faster-whisper-large-v3' },
};

/** @throws AppError `input.not-found` */
export function findHubModel(modelId: string): HubModel {
  const model = Object.hasOwn(hubModels, modelId) ? hubModels[modelId] : undefined;
  if (model !== undefined) return model;
  throw new AppError({
    code: 'input.not-found',
    userMessage: `There is no speech model "${modelId}" on offer. Nothing was changed. Choose one from the list.`,
    retry: 'never',
    details: { modelId },
  });
}

/** What the engines need; repositories hold more. */
const neededFiles = new Set([
  'model.bin',
  'config.json',
  'tokenizer.json',
  'vocabulary.json',
  'vocabulary.txt',
  'preprocessor_config.json',
]);
const listTimeoutMs = 20_000;

const listSchema = z.array(
  z.looseObject({
    path: z.string(),
    size: z.int().nonnegative(),
    /** Of the git object. */
    oid: z.string(),
    /** Large files are kept elsewhere, under their SHA-256. */
    lfs: z.looseObject({ oid: z.string(), size: z.int().nonnegative() }).optional(),
  }),
);

export type HubFile = Omit<FileToDownload, 'path'> & { name: string };

/**
 * The files of a model, with sizes and hashes as the hub states them.
 * @throws AppError `dependency.download-failed`
 */
export async function listHubFiles(
  { repository, sha256 }: HubModel,
  options: { hubUrl: string; signal?: AbortSignal },
): Promise<HubFile[]> {
  const url = `${options.hubUrl}/api/models/${repository}/tree/main`;
  const timeout = AbortSignal.timeout(listTimeoutMs);
  try {
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const files = listSchema.parse(await response.json()).filter(({ path }) => neededFiles.has(path));
    if (!files.some(({ path }) => path === 'model.bin')) throw new Error('the hub lists no model.bin');
    return files.map(({ path, size, oid, lfs }) => ({
      name: path,
      url: `${options.hubUrl}/${repository}/resolve/main/${path}`,
      sizeBytes: lfs?.size ?? size,
      hash: lfs
        ? { kind: 'sha256', value: path === 'model.bin' ? (sha256 ?? lfs.oid) : lfs.oid }
        : { kind: 'git-blob', value: oid },
    }));
  } catch (error) {
    options.signal?.throwIfAborted();
    throw createDownloadError({ url }, error);
  }
}
