import { z } from 'zod';
import { createDownloadError, type FileToDownload } from './download-file.ts';

/** The official hub. Tests put their own server here. */
export const officialHubUrl = 'https://huggingface.co';

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
  repository: string,
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
      hash: lfs ? { kind: 'sha256', value: lfs.oid } : { kind: 'git-blob', value: oid },
    }));
  } catch (error) {
    options.signal?.throwIfAborted();
    throw createDownloadError({ url }, error);
  }
}
