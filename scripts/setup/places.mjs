import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** For example `linux-x64`: the key under which parts pin their files. */
export const platformKey = `${process.platform}-${process.arch}`;

export const isRoot = process.getuid?.() === 0;

/**
 * The folder that all checkouts share. `src-node/native-parts.ts` follows the same rule.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  const base = env['XDG_CACHE_HOME'];
  return base !== undefined && isAbsolute(base)
    ? join(base, 'longhand')
    : join(env['HOME'] ?? homedir(), '.cache', 'longhand');
}

/**
 * The data folder, by the rule of `src-node/data-folder.ts`.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function dataFolder(env = process.env) {
  if (env['LONGHAND_HOME']) return resolve(env['LONGHAND_HOME']);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Longhand');
  if (process.platform === 'win32')
    return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Longhand');
  const base = env['XDG_DATA_HOME'];
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), '.local', 'share'), 'longhand');
}

/**
 * Looks a program up on the PATH.
 *
 * @param {string} command
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function findOnPath(command, env = process.env) {
  const folders = (env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':');
  // Debian keeps ldconfig and others where only root's PATH looks.
  const candidates = [...folders, '/usr/sbin', '/sbin']
    .filter(Boolean)
    .map((folder) => join(folder, command));
  return candidates.find((candidate) => existsSync(candidate));
}
