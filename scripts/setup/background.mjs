import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findPart } from './install-part.mjs';
import { lockOwnerPid } from './lock.mjs';
import { readJson } from './manifest.mjs';
import { ollama } from './parts/ollama.mjs';
import { cacheFolder, projectRoot } from './places.mjs';
import { SetupError } from './setup-error.mjs';

const answerTimeoutMs = 1_000;
const pollIntervalMs = 1_000;

/**
 * What the background run says of itself, in the cache folder as `ollama-progress.json`.
 *
 * @typedef {object} BackgroundProgress
 * @property {'working' | 'done' | 'failed'} state
 * @property {string} message a plain sentence
 * @property {number | null} percent
 * @property {number} pid
 * @property {string} startedAt ISO 8601
 * @property {string} updatedAt ISO 8601
 * @property {string} log
 */

export function ollamaProgressFile() {
  return join(cacheFolder(), 'ollama-progress.json');
}

export function ollamaLogFile() {
  return join(cacheFolder(), 'ollama.log');
}

/** Whether an Ollama of the user's answers: it is always preferred, and never stopped. */
export async function isUserOllamaRunning() {
  const given = process.env['OLLAMA_HOST'] || '127.0.0.1:11434';
  try {
    const url = new URL('/api/version', given.includes('://') ? given : `http://${given}`);
    const response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
    return response.ok;
  } catch {
    return false; // Whatever does not answer is not running.
  }
}

/**
 * Starts getting Ollama, unless it is there or on its way. The run survives this terminal; nothing waits for it.
 *
 * @param {string} nodePath the pinned Node
 * @returns {'present' | 'running' | 'started'}
 */
export function startOllamaInBackground(nodePath) {
  if (process.env[ollama.variable] === 'none' || findPart(ollama)) return 'present';
  if (lockOwnerPid(join(cacheFolder(), 'locks', ollama.name)) !== undefined) return 'running';
  mkdirSync(cacheFolder(), { recursive: true });
  const log = openSync(ollamaLogFile(), 'a');
  const child = spawn(nodePath, [join(projectRoot, 'scripts', 'setup', 'ollama-in-background.mjs')], {
    cwd: cacheFolder(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  closeSync(log);
  return 'started';
}

/** @returns {BackgroundProgress | undefined} */
export function readOllamaProgress() {
  return readJson(ollamaProgressFile());
}

/**
 * Waits until the background run is over, for tests that need a model.
 *
 * @param {string} nodePath
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<import('./install-part.mjs').ResolvedPart>}
 */
export async function waitForOllama(nodePath, progress) {
  const outcome = startOllamaInBackground(nodePath);
  const present = findPart(ollama);
  if (outcome === 'present') {
    if (present) return present;
    throw new SetupError(`${ollama.variable} says that there is to be no Ollama`);
  }
  const waitingSince = Date.now();
  const step = progress.start('Ollama, in the background');
  for (;;) {
    await delay(pollIntervalMs);
    const found = findPart(ollama);
    if (found) {
      step.finish(`Ollama ${found.version}`);
      return found;
    }
    const state = readOllamaProgress();
    const isFromThisRun = state !== undefined && Date.parse(state.updatedAt) >= waitingSince - 5_000;
    if (state?.state === 'failed' && isFromThisRun) {
      step.fail(state.message);
      throw new SetupError(`${state.message}\nIts log: ${state.log}`);
    }
    if (
      lockOwnerPid(join(cacheFolder(), 'locks', ollama.name)) === undefined &&
      Date.now() > waitingSince + 15_000
    ) {
      step.fail('the background run ended without a word');
      throw new SetupError(
        `The run that was to bring Ollama ended without a word. Its log: ${ollamaLogFile()}`,
      );
    }
    if (state?.message && isFromThisRun) step.note(state.message);
  }
}
