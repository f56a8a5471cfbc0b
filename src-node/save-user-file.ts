import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../src-shared/domain/errors.ts';
import { readErrorCode } from './data-folder.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Writes a text where the person wants it, outside the data folder. What was there before stays until all of it is
 * written.
 *
 * @throws AppError `storage.disk-full`, or `storage.not-saved` with the reason
 */
export async function saveUserFile(path: string, text: string): Promise<void> {
  try {
    await replaceFile(path, (temporaryPath) => writeFile(temporaryPath, text, 'utf8'));
  } catch (error) {
    const code = readErrorCode(error);
    if (code === undefined) throw error;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    throw new AppError({
      code: isFull ? 'storage.disk-full' : 'storage.not-saved',
      userMessage: `${path} was not saved: ${reasonOf(code, path)}. What was there before is unchanged. ${isFull ? 'Free some space, or choose another place.' : 'Choose another place.'}`,
      retry: 'user',
      details: { path, code },
      cause: error,
    });
  }
}

function reasonOf(code: string, path: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `your user account may not write in ${dirname(path)}`;
    case 'ENOENT':
    case 'ENOTDIR':
      return `there is no folder ${dirname(path)}`;
    case 'EISDIR':
      return 'a folder has that name';
    default:
      return `the system refused it (${code})`;
  }
}
