import { access, constants, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { AppError } from '../../src-shared/domain/errors.ts';
import { readErrorCode } from '../../src-node/data-folder.ts';

export interface ExaminedFile {
  isFolder: boolean;
  sizeBytes: number;
  fileModifiedAt: string;
}

/**
 * Looks at a file that someone has named.
 * @throws AppError `input.not-found`, `input.invalid` or `storage.unreadable`
 */
export async function examineFile(
  path: string,
  { isFolderAllowed }: { isFolderAllowed: boolean },
): Promise<ExaminedFile> {
  if (!isAbsolute(path)) {
    throw new AppError({
      code: 'input.invalid',
      userMessage: `${path} is not a full path. Nothing was changed. Name the file from the root of the disk.`,
      retry: 'never',
      details: { path },
    });
  }
  try {
    const stats = await stat(path);
    await access(path, constants.R_OK);
    if (stats.isDirectory() ? isFolderAllowed : stats.isFile()) {
      return {
        isFolder: stats.isDirectory(),
        sizeBytes: stats.size,
        fileModifiedAt: stats.mtime.toISOString(),
      };
    }
    throw new AppError({
      code: 'input.invalid',
      userMessage: `${path} is ${stats.isDirectory() ? 'a folder' : 'not a file'}. Nothing was added. Choose a recording.`,
      retry: 'user',
      details: { path },
    });
  } catch (thrown) {
    throw explain(path, thrown);
  }
}

function explain(path: string, thrown: unknown): unknown {
  const code = readErrorCode(thrown);
  if (thrown instanceof AppError || code === undefined) return thrown;
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  return new AppError({
    code: isMissing ? 'input.not-found' : 'storage.unreadable',
    userMessage: isMissing
      ? `There is no file at ${path}. Nothing was added. Check the path.`
      : `${path} cannot be opened (${code}). Nothing was added. Give your user account the right to read it.`,
    retry: 'user',
    details: { path, code },
    cause: thrown,
  });
}
