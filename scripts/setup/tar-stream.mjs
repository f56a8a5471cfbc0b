import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { SetupError } from './setup-error.mjs';

/**
 * Unpacks a compressed tar. Zstandard is decompressed here, because many systems have no program for it.
 *
 * @param {import('node:stream').Readable} source
 * @param {string} name whose ending tells the compression
 * @param {string} folder
 * @param {readonly string[]} tarOptions
 */
export async function extractTarStream(source, name, folder, tarOptions) {
  mkdirSync(folder, { recursive: true });
  const child = spawn('tar', ['-x', '-C', folder, '--no-same-owner', ...tarOptions], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  /** @type {Promise<void>} */
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new SetupError(`tar failed: ${stderr.trim()}`)),
    );
  });
  await Promise.all([pipeline(source, decompressorFor(name), child.stdin), ended]);
}

/** @param {string} name */
function decompressorFor(name) {
  if (/\.t?gz$/.test(name)) return zlib.createGunzip();
  if (typeof zlib.createZstdDecompress !== 'function')
    throw new SetupError('this Node cannot unpack Zstandard; Node 22.15 or newer can');
  return zlib.createZstdDecompress();
}
