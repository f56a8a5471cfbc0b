import { access, constants, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { classifyMediaError, type FileState, type MediaFailureEvidence } from './classify-media-error.ts';

/** The `code` of a Node system error ("ENOENT"), or undefined for anything else. */
export function errnoCodeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
    ? thrown.code
    : undefined;
}

/** Looks at the file as it is now. Never throws: what cannot be looked at is `unreadable` or `missing`. */
export async function observeFile(path: string): Promise<FileState> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return { state: 'folder' };
    if (!stats.isFile()) return { state: 'unreadable' };
    await access(path, constants.R_OK);
    return { state: 'present', sizeBytes: stats.size };
  } catch (error) {
    const code = errnoCodeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? { state: 'missing' } : { state: 'unreadable' };
  }
}

/**
 * Turns a failure with a file into its named error, looking at the file once more. What has a name already stays as
 * it is.
 */
export async function explainFailure(
  path: string,
  evidence: Omit<MediaFailureEvidence, 'fileName' | 'file' | 'errnoCode'>,
): Promise<AppError> {
  if (evidence.cause instanceof AppError) return evidence.cause;
  return classifyMediaError({
    ...evidence,
    fileName: basename(path),
    file: await observeFile(path),
    errnoCode: errnoCodeOf(evidence.cause),
  });
}

/**
 * Runs file work on `path`: a cancelled signal comes out as its reason, anything else as a named error.
 */
export async function withNamedErrors<Value>(
  path: string,
  context: { operation: MediaFailureEvidence['operation']; signal: AbortSignal },
  work: () => Promise<Value>,
): Promise<Value> {
  context.signal.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    context.signal.throwIfAborted();
    throw await explainFailure(path, { operation: context.operation, cause: error });
  }
}
