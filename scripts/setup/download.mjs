import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { SetupError, describeFailure } from './setup-error.mjs';

/** Official sources get a short time to answer: on a machine that cannot reach them the next route is tried soon. */
const answerTimeoutMs = 6_000;
const stallTimeoutMs = 30_000;
const attempts = 3;

/** Hosts that did not answer in this run: asking the same one again for the next part would only cost time. */
/** @type {Map<string, string>} */
const unreachableHosts = new Map();

/**
 * @typedef {object} DownloadOptions
 * @property {string} url
 * @property {string} file where the finished file goes; `${file}.partial` is kept when interrupted, and resumed
 * @property {string} [sha256] of the whole file; a file with another one is thrown away
 * @property {(doneBytes: number, totalBytes?: number) => void} [onProgress]
 */

/**
 * Downloads a file over HTTP: resumes what an interrupted run left, checks the hash, and only then gives it its name.
 *
 * @param {DownloadOptions} options
 * @throws {SetupError} when the host does not answer, refuses, or sends something else than was pinned
 */
export async function downloadFile({ url, file, sha256, onProgress }) {
  if (sha256 !== undefined && existsSync(file) && (await hashFile(file)) === sha256) return;
  const host = new URL(url).host;
  const known = unreachableHosts.get(host);
  if (known !== undefined) throw new SetupError(`${host} was not reachable: ${known}`);

  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await appendFrom({ url, partial, onProgress });
      break;
    } catch (thrown) {
      if (thrown instanceof Refused) throw new SetupError(`${url} ${thrown.message}`);
      const why = describeFetchFailure(thrown);
      if (thrown instanceof NoAnswer) {
        unreachableHosts.set(host, why);
        throw new SetupError(`${host} was not reachable: ${why}`, { cause: thrown });
      }
      if (attempt === attempts)
        throw new SetupError(`the download of ${url} broke off: ${why}`, { cause: thrown });
    }
  }
  if (sha256 !== undefined) {
    const actual = await hashFile(partial);
    if (actual !== sha256) {
      rmSync(partial, { force: true });
      throw new SetupError(
        `${url} sent a file with SHA-256 ${actual}, but ${sha256} was expected; it was thrown away`,
      );
    }
  }
  renameSync(partial, file);
}

/**
 * Reads a small text, for example a published list of hashes.
 *
 * @param {string} url
 */
export async function downloadText(url) {
  const host = new URL(url).host;
  const known = unreachableHosts.get(host);
  if (known !== undefined) throw new SetupError(`${host} was not reachable: ${known}`);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
    if (!response.ok) throw new SetupError(`${url} answered ${response.status}`);
    return await response.text();
  } catch (thrown) {
    if (thrown instanceof SetupError) throw thrown;
    unreachableHosts.set(host, describeFetchFailure(thrown));
    throw new SetupError(`${host} was not reachable: ${describeFetchFailure(thrown)}`, { cause: thrown });
  }
}

/**
 * Finds a file's hash in a list such as SHASUMS256.txt.
 *
 * @param {string} list
 * @param {string} url whose last part is the file's name
 */
export function findHash(list, url) {
  const name = basename(new URL(url).pathname);
  for (const line of list.split('\n')) {
    const [hash, listed] = line.trim().split(/\s+/);
    if (hash && listed && basename(listed.replace(/^\*/, '')) === name) return hash.toLowerCase();
  }
  throw new SetupError(`the published list of hashes does not name ${name}`);
}

/**
 * @param {string} file
 * @returns {Promise<string>} lower-case hexadecimal SHA-256
 */
export async function hashFile(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

class Refused extends Error {}
class NoAnswer extends Error {}

/**
 * One try: asks for what is missing and appends it.
 *
 * @param {{ url: string, partial: string, onProgress: DownloadOptions['onProgress'] }} options
 */
async function appendFrom({ url, partial, onProgress }) {
  const haveBytes = existsSync(partial) ? statSync(partial).size : 0;
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(new Error('no answer in time')), answerTimeoutMs);
  try {
    const headers = haveBytes > 0 ? { range: `bytes=${haveBytes}-` } : {};
    const response = await fetch(url, { signal: stop.signal, headers }).catch(
      (/** @type {unknown} */ cause) => {
        throw new NoAnswer(describeFetchFailure(cause));
      },
    );
    // 416: what we have is already everything, or more than everything; the hash will tell.
    if (response.status === 416) return;
    if (!response.ok || response.body === null) throw new Refused(`answered ${response.status}`);
    const isResumed = response.status === 206;
    const length = Number(response.headers.get('content-length'));
    const startBytes = isResumed ? haveBytes : 0;
    const totalBytes = length > 0 ? startBytes + length : undefined;

    const target = await open(partial, isResumed ? 'a' : 'w');
    let doneBytes = startBytes;
    try {
      for await (const chunk of response.body) {
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(new Error('the connection stalled')), stallTimeoutMs);
        await target.write(chunk);
        doneBytes += chunk.length;
        onProgress?.(doneBytes, totalBytes);
      }
    } finally {
      await target.close();
    }
    if (totalBytes !== undefined && doneBytes < totalBytes)
      throw new Error('the connection was closed early');
  } finally {
    clearTimeout(timer);
  }
}

/** @param {unknown} thrown */
function describeFetchFailure(thrown) {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return describeFailure(cause);
}
