import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

const pollIntervalMs = 300;

/**
 * @typedef {object} PackageDownload
 * @property {string} folder where the file goes; made if need be
 * @property {(doneBytes: number) => void} [onProgress]
 */

/**
 * The npm that started us, or the one on the PATH.
 *
 * @returns {[command: string, ...args: string[]]}
 */
export function npmCommand(env = process.env) {
  const script = env['npm_execpath'];
  return script?.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
}

/**
 * Fetches one npm package, without installing it or running anything in it.
 *
 * @param {string} spec with its exact version
 * @param {PackageDownload} options
 * @returns {Promise<string>} the tarball
 */
export async function fetchNpmPackage(spec, { folder, onProgress }) {
  const [command, ...args] = npmCommand();
  const target = join(folder, 'tarball');
  // npm's own cache would keep a second copy of hundreds of megabytes.
  const cache = join(folder, 'npm-cache');
  mkdirSync(target, { recursive: true });
  await watchFolder(cache, onProgress, () =>
    runCommand(command, [...args, 'pack', spec, '--silent', '--pack-destination', target, '--cache', cache], {
      cwd: folder,
    }),
  );
  rmSync(cache, { recursive: true, force: true });
  return onlyFile(target, spec);
}

/**
 * Fetches one file from the Python package index, without installing it.
 *
 * @param {string} spec with its exact version
 * @param {PackageDownload & { isSource?: boolean }} options
 * @returns {Promise<string>} the wheel, or the source archive
 */
export async function fetchPythonPackage(spec, { folder, onProgress, isSource = false }) {
  const [command, ...args] = pipCommand();
  const target = join(folder, `wheel-${spec.replace(/[^\w.]+/g, '-')}`);
  const temporary = join(folder, 'pip');
  mkdirSync(target, { recursive: true });
  mkdirSync(temporary, { recursive: true });
  // What the source archive itself needs to be looked at may come as wheels.
  const kind = isSource ? ['--no-binary', spec.split('==')[0] ?? spec] : ['--only-binary', ':all:'];
  const options = ['--quiet', '--no-deps', '--no-cache-dir', '--disable-pip-version-check', ...kind];
  await watchFolder(folder, onProgress, () =>
    runCommand(command, [...args, 'download', ...options, '--dest', target, spec], {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary },
    }),
  );
  rmSync(temporary, { recursive: true, force: true });
  return onlyFile(target, spec);
}

/**
 * Unpacks a .tar.gz with the system's tar.
 *
 * @param {string} file
 * @param {string} folder
 * @param {readonly string[]} [members] all, if left out
 */
export async function untar(file, folder, members = []) {
  mkdirSync(folder, { recursive: true });
  await runCommand('tar', ['-xf', file, '-C', folder, '--no-same-owner', ...members]);
}

/** @returns {[command: string, ...args: string[]]} */
export function pipCommand() {
  for (const name of ['pip3', 'pip']) if (findOnPath(name)) return [name];
  if (findOnPath('python3')) return ['python3', '-m', 'pip'];
  throw new SetupError('there is no pip on this machine');
}

/**
 * pip and npm do not say how far they are when nobody watches; the growth of their folder does.
 *
 * @template Value
 * @param {string} folder
 * @param {((doneBytes: number) => void) | undefined} onProgress
 * @param {() => Promise<Value>} action
 */
async function watchFolder(folder, onProgress, action) {
  const before = measureFolder(folder);
  const timer = onProgress && setInterval(() => onProgress(measureFolder(folder) - before), pollIntervalMs);
  try {
    return await action();
  } finally {
    clearInterval(timer);
  }
}

/**
 * @param {string} folder
 * @returns {number} bytes in all its files; what vanishes meanwhile does not count
 */
export function measureFolder(folder) {
  let bytes = 0;
  for (const entry of readdirIfExists(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += measureFolder(path);
    else bytes += lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/** @param {string} folder */
function readdirIfExists(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    if (thrown instanceof Error && /** @type {NodeJS.ErrnoException} */ (thrown).code === 'ENOENT') return [];
    throw thrown;
  }
}

/**
 * @param {string} folder
 * @param {string} spec
 */
function onlyFile(folder, spec) {
  const [name, ...more] = readdirSync(folder);
  if (name === undefined || more.length > 0)
    throw new SetupError(`${spec} came as ${more.length + 1} files instead of one`);
  return join(folder, name);
}
