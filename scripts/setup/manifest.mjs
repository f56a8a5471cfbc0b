import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * What setup noted about an installed part. `src-node/native-parts.ts` reads the same files.
 *
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} path absolute, or relative to the manifest's folder
 * @property {string} version what is there
 * @property {string} pin what was wanted; another pin means: install again
 * @property {string} source
 * @property {string} installedAt ISO 8601
 * @property {number} [sizeBytes] of a file, to see at a glance whether it is whole
 * @property {string} [sha256] of the file, for the doctor
 */

/**
 * @param {string} partsFolder
 * @param {string} name
 */
export function manifestFile(partsFolder, name) {
  return join(partsFolder, 'parts', `${name}.json`);
}

/**
 * @param {string} file
 * @returns {Manifest | undefined} with an absolute path; undefined if there is none, or what it names is not there whole
 */
export function readManifest(file) {
  /** @type {Manifest} */
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || isMissing(thrown)) return undefined;
    throw thrown;
  }
  if (typeof manifest.path !== 'string' || typeof manifest.version !== 'string') return undefined;
  const path = resolve(dirname(file), manifest.path);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (manifest.sizeBytes !== undefined && stats.isFile() && stats.size !== manifest.sizeBytes)
    return undefined;
  return { ...manifest, path };
}

/**
 * Writes JSON so that a reader, or a crash, never sees half of it.
 *
 * @param {string} file
 * @param {unknown} value
 */
export function writeJson(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(temporary, file);
}

/**
 * @param {string} file
 * @returns {any} undefined if it is missing or damaged
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || isMissing(thrown)) return undefined;
    throw thrown;
  }
}

/** @param {unknown} thrown */
function isMissing(thrown) {
  const code = thrown instanceof Error ? /** @type {NodeJS.ErrnoException} */ (thrown).code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
