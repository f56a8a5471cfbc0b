import { chmodSync, createWriteStream, mkdirSync, symlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { SetupError } from './setup-error.mjs';

const endRecordSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const maxEndRecordBytes = 22 + 65_535;

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} method 0 stored, 8 deflated
 * @property {number} compressedBytes
 * @property {number} sizeBytes
 * @property {number} headerOffset
 * @property {number} mode Unix permissions and type, 0 if the archive has none
 */

/**
 * Unpacks a zip file (a Python wheel is one) as a stream, with permissions and symbolic links. Debian has no unzip
 * by default, and Node no reader.
 *
 * @param {string} file
 * @param {string} folder
 * @param {object} [options]
 * @param {(name: string) => string | undefined} [options.rename] the path inside `folder`, or undefined to leave it out
 * @param {(doneBytes: number, totalBytes: number) => void} [options.onProgress]
 */
export async function unzip(file, folder, { rename = (name) => name, onProgress } = {}) {
  const handle = await open(file, 'r');
  try {
    const wanted = (await readEntries(handle, file)).flatMap((entry) => {
      const path = entry.name.endsWith('/') ? undefined : rename(entry.name);
      return path === undefined ? [] : [{ entry, path: resolveInside(folder, path, file) }];
    });
    const totalBytes = wanted.reduce((sum, { entry }) => sum + entry.sizeBytes, 0);
    let doneBytes = 0;
    for (const { entry, path } of wanted) {
      mkdirSync(dirname(path), { recursive: true });
      const isLink = (entry.mode & 0o170000) === 0o120000;
      if (isLink) symlinkSync(await readText(handle, entry), path);
      else {
        const counter = new Transform({
          transform(chunk, _encoding, done) {
            doneBytes += chunk.length;
            onProgress?.(doneBytes, totalBytes);
            done(null, chunk);
          },
        });
        const before = doneBytes;
        const raw = await openRaw(handle, entry);
        const target = createWriteStream(path);
        if (entry.method === 0) await pipeline(raw, counter, target);
        else await pipeline(raw, createInflateRaw(), counter, target);
        if (doneBytes - before !== entry.sizeBytes)
          throw new SetupError(`${file} is damaged: ${entry.name} is too short`);
        if (entry.mode !== 0) chmodSync(path, entry.mode & 0o777);
      }
    }
  } finally {
    await handle.close();
  }
}

/**
 * An archive must not write outside the folder, whatever its names say.
 *
 * @param {string} folder
 * @param {string} name
 * @param {string} file
 */
function resolveInside(folder, name, file) {
  const path = resolve(folder, name);
  if (!path.startsWith(resolve(folder) + sep))
    throw new SetupError(`${file} has an unsafe name inside: ${name}`);
  return path;
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {string} file
 * @returns {Promise<ZipEntry[]>}
 */
async function readEntries(handle, file) {
  const { size } = await handle.stat();
  const tail = await readAt(handle, Math.max(0, size - maxEndRecordBytes), Math.min(size, maxEndRecordBytes));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endRecordSignature) end -= 1;
  if (end < 0) throw new SetupError(`${file} is not a complete zip file`);
  const count = tail.readUInt16LE(end + 10);
  const directory = await readAt(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));

  /** @type {ZipEntry[]} */
  const entries = [];
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== centralSignature)
      throw new SetupError(`${file} has a damaged directory`);
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      sizeBytes: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
      mode: directory.readUInt16LE(at + 40),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {ZipEntry} entry
 */
async function openRaw(handle, entry) {
  // The local header's name and extra field may differ in length from the directory's.
  const header = await readAt(handle, entry.headerOffset, 30);
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  return readRange(handle, start, entry.compressedBytes);
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {number} start
 * @param {number} lengthBytes
 */
async function* readRange(handle, start, lengthBytes) {
  for (let at = 0; at < lengthBytes; at += 1 << 20) {
    yield await readAt(handle, start + at, Math.min(1 << 20, lengthBytes - at));
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {ZipEntry} entry a short one: the target of a symbolic link
 */
async function readText(handle, entry) {
  /** @type {Buffer[]} */
  const chunks = [];
  const raw = await openRaw(handle, entry);
  const collect = async (/** @type {AsyncIterable<Buffer>} */ source) => {
    for await (const chunk of source) chunks.push(chunk);
  };
  if (entry.method === 0) await collect(raw);
  else await pipeline(raw, createInflateRaw(), collect);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {number} start
 * @param {number} lengthBytes
 */
async function readAt(handle, start, lengthBytes) {
  const buffer = Buffer.alloc(lengthBytes);
  const { bytesRead } = await handle.read(buffer, 0, lengthBytes, start);
  if (bytesRead !== lengthBytes) throw new SetupError('the zip file ends too early');
  return buffer;
}
