import { join } from 'node:path';
import type { DataFolder } from './data-folder.ts';

/** Where text and files of a post lie that is posted by hand. Touches no disk. */
export function describeKitFolder(dataFolder: DataFolder, handle: string): string {
  return join(dataFolder.mediaFolder, 'to-post', handle.replace(/[^A-Za-z0-9-]/g, '-'));
}
