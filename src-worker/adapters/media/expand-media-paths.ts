import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isMediaFileName, isTemporaryFileName } from '../../../src-shared/domain/media-kinds.ts';
import { errnoCodeOf } from './observe-failure.ts';

export interface ExpandOptions {
  signal: AbortSignal;
  /** Most files to find; the rest is left out and `isLimitReached` set. */
  maximumFiles?: number;
  maximumDepth?: number;
}

export interface ExpandedPaths {
  /** In a stable order: as given, folders by name. Each file once, however often it is linked. */
  files: string[];
  skipped: { path: string; reason: 'missing' | 'unreadable' | 'not-media' | 'temporary' | 'too-deep' }[];
  isLimitReached: boolean;
}

/**
 * Turns dropped files and folders into files to ingest. Folders are searched through for media names, leaving out
 * hidden files, hidden folders and half-finished downloads; loops of links end. A file that was given by itself is taken whatever it is
 * called, since its content decides. Inside folders, what is not media is passed over in silence.
 */
export async function expandMediaPaths(
  paths: readonly string[],
  options: ExpandOptions,
): Promise<ExpandedPaths> {
  const { signal, maximumFiles = 10_000, maximumDepth = 32 } = options;
  const found: ExpandedPaths = { files: [], skipped: [], isLimitReached: false };
  const seen = new Set<string>();

  const visit = async (path: string, depth: number): Promise<void> => {
    signal.throwIfAborted();
    if (found.isLimitReached) return;
    try {
      const [stats, realPath] = await Promise.all([stat(path), realpath(path)]);
      if (seen.has(realPath)) return;
      seen.add(realPath);
      if (stats.isDirectory()) {
        if (depth > maximumDepth) found.skipped.push({ path, reason: 'too-deep' });
        else await visitFolder(path, depth);
      } else if (depth > 0 && !isMediaFileName(basename(path))) {
        // A link that turned out to lead to some other file.
      } else if (!stats.isFile()) {
        found.skipped.push({ path, reason: 'not-media' });
      } else if (found.files.length >= maximumFiles) {
        found.isLimitReached = true;
      } else {
        found.files.push(path);
      }
    } catch (error) {
      signal.throwIfAborted();
      const code = errnoCodeOf(error);
      if (code === undefined) throw error;
      found.skipped.push({ path, reason: code === 'ENOENT' ? 'missing' : 'unreadable' });
    }
  };

  const visitFolder = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (isHalfDownload(entry)) found.skipped.push({ path, reason: 'temporary' });
      else if (isWorthVisiting(entry)) await visit(path, depth + 1);
    }
  };

  for (const path of paths) await visit(path, 0);
  return found;
}

/** Told to the person, unlike hidden files, because they may be waiting for it. */
function isHalfDownload(entry: Dirent): boolean {
  return !entry.isDirectory() && !entry.name.startsWith('.') && isTemporaryFileName(entry.name);
}

function isWorthVisiting(entry: Dirent): boolean {
  if (isTemporaryFileName(entry.name)) return false;
  // A link may lead to a folder or a file; only following it tells.
  return entry.isDirectory() || entry.isSymbolicLink() || isMediaFileName(entry.name);
}
