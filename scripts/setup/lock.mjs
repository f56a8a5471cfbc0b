import { mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollIntervalMs = 200;
/** Taking over a dead owner's lock is a matter of milliseconds; a takeover that old was itself interrupted. */
const abandonedTakeoverMs = 10_000;

/**
 * Runs `action` while no other process on this machine holds `file`. The lock of a process that died is taken over:
 * its owner is known by process id and start time, so a reused id does not block anyone.
 *
 * @template Value
 * @param {string} file
 * @param {() => Promise<Value>} action
 * @param {{ onWait?: (ownerPid: number) => void }} [options] onWait is called once, when another process holds it
 * @returns {Promise<Value>}
 */
export async function withLock(file, action, { onWait } = {}) {
  mkdirSync(dirname(file), { recursive: true });
  let hasSaid = false;
  while (!tryLock(file)) {
    const owner = readOwner(file);
    if (owner !== undefined && isAlive(owner)) {
      if (!hasSaid) onWait?.(owner.pid);
      hasSaid = true;
      await delay(pollIntervalMs);
    } else if (!removeAbandoned(file)) await delay(pollIntervalMs);
  }
  const release = () => removeIfExists(file);
  process.once('exit', release);
  try {
    return await action();
  } finally {
    process.off('exit', release);
    release();
  }
}

/**
 * The process that holds the lock, if it lives.
 *
 * @param {string} file
 * @returns {number | undefined}
 */
export function lockOwnerPid(file) {
  const owner = readOwner(file);
  return owner !== undefined && isAlive(owner) ? owner.pid : undefined;
}

/**
 * Notes a child process, so that the next run can end it if this one is killed before it.
 *
 * @param {string} file
 * @param {number} pid
 */
export function noteChild(file, pid) {
  writeFileSync(file, JSON.stringify({ pid, startTime: processStartTime(pid) }));
}

/**
 * Ends the process that {@link noteChild} noted, if it still runs.
 *
 * @param {string} file
 */
export async function endNotedChild(file) {
  for (let owner = readOwner(file); owner !== undefined && isAlive(owner); owner = readOwner(file)) {
    process.kill(owner.pid, 'SIGKILL');
    await delay(pollIntervalMs);
  }
  removeIfExists(file);
}

/** @param {string} file */
function tryLock(file) {
  try {
    const owner = { pid: process.pid, startTime: processStartTime(process.pid) };
    writeFileSync(file, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (isCode(thrown, 'EEXIST')) return false;
    throw thrown;
  }
}

/**
 * Only one process at a time may remove an abandoned lock, and it looks again first: otherwise the slower of two
 * would remove the new lock of the faster one.
 *
 * @param {string} file
 */
function removeAbandoned(file) {
  const takeover = `${file}.takeover`;
  try {
    mkdirSync(takeover);
  } catch (thrown) {
    if (!isCode(thrown, 'EEXIST')) throw thrown;
    const ageMs = Date.now() - (statSync(takeover, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (ageMs > abandonedTakeoverMs) rmdirSync(takeover);
    return false;
  }
  const owner = readOwner(file);
  if (owner === undefined || !isAlive(owner)) removeIfExists(file);
  rmdirSync(takeover);
  return true;
}

/**
 * @param {string} file
 * @returns {{ pid: number, startTime: string | null } | undefined} undefined while it is unreadable
 */
function readOwner(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    // Created but not yet written, or damaged: young ones get the time to be written.
    if (thrown instanceof SyntaxError) {
      const ageMs = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      return ageMs < 2_000 ? { pid: process.pid, startTime: processStartTime(process.pid) } : undefined;
    }
    if (isCode(thrown, 'ENOENT')) return undefined;
    throw thrown;
  }
}

/** @param {{ pid: number, startTime: string | null }} owner */
function isAlive({ pid, startTime }) {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return isCode(thrown, 'EPERM');
  }
  // A process that has ended, and that its parent has not looked at yet, holds nothing any more.
  if (readProcessFields(pid)?.[0] === 'Z') return false;
  return startTime === null || startTime === processStartTime(pid);
}

/** @param {number} pid */
function processStartTime(pid) {
  return readProcessFields(pid)?.[19] ?? null;
}

/**
 * @param {number} pid
 * @returns {string[] | undefined} the fields of /proc/<pid>/stat from the third on, the state; undefined elsewhere
 */
function readProcessFields(pid) {
  if (process.platform !== 'linux') return undefined;
  try {
    // The second field, the name, may hold spaces and brackets.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT') || isCode(thrown, 'ESRCH')) return undefined;
    throw thrown;
  }
}

/** @param {string} file */
function removeIfExists(file) {
  try {
    unlinkSync(file);
  } catch (thrown) {
    if (!isCode(thrown, 'ENOENT')) throw thrown;
  }
}

/**
 * @param {unknown} thrown
 * @param {string} code
 */
function isCode(thrown, code) {
  return thrown instanceof Error && /** @type {NodeJS.ErrnoException} */ (thrown).code === code;
}
