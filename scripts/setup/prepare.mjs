import { join } from 'node:path';
import { ensureBuild } from './app-build.mjs';
import { startOllamaInBackground, isUserOllamaRunning } from './background.mjs';
import { ensurePart, findPart } from './install-part.mjs';
import { readJson, writeJson } from './manifest.mjs';
import { ensureNodeModules, linkNode } from './node-modules.mjs';
import { allParts, appParts, testParts } from './parts.mjs';
import { electron } from './parts/electron.mjs';
import { node } from './parts/node.mjs';
import { ollama } from './parts/ollama.mjs';
import { speechEngine } from './parts/speech-engine.mjs';
import { cacheFolder, findOnPath, projectRoot } from './places.mjs';
import { SetupError } from './setup-error.mjs';
import {
  compilerNeed,
  electronNeeds,
  ensureSystemPackages,
  threadingNeed,
  tryInstall,
  virtualDisplayNeed,
  keyringNeeds,
  voiceNeed,
} from './system-packages.mjs';

/** A failed compilation is tried again after this time, or on demand. */
const retryOptionalAfterMs = 6 * 3_600_000;

/**
 * @typedef {object} Prepared
 * @property {string} nodePath the pinned Node
 * @property {string} electronPath empty below the level `window`, where there is none
 * @property {NodeJS.ProcessEnv} env for children: the environment, the parts, and the pinned Node first on the PATH
 */

/** Whether a window can be shown to somebody. */
export function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

/**
 * Brings everything that the calling script needs, and nothing twice: every step first looks whether it is done.
 *
 * @param {object} options
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {'tools' | 'services' | 'window'} [options.level] npm packages and Node; with what api and worker run; with
 *   Electron, its system libraries and a display
 * @param {boolean} [options.needsTestParts]
 * @param {boolean} [options.needsBuild]
 * @param {'background' | 'unless-running' | 'no'} [options.ollamaRun] `unless-running`: not where the user runs one
 * @returns {Promise<Prepared>}
 */
export async function prepare({
  progress,
  level = 'services',
  needsTestParts = false,
  needsBuild = false,
  ollamaRun = 'no',
}) {
  refuseUnknownPlatform();
  const needsWindow = level === 'window';
  const needs = [
    ...(level === 'tools' ? [] : [threadingNeed]),
    ...(needsWindow ? electronNeeds : []),
    ...(needsWindow && !hasDisplay() ? [virtualDisplayNeed] : []),
  ];
  await ensureSystemPackages(needs, progress);
  if (needsTestParts) {
    for (const need of [voiceNeed, ...keyringNeeds]) await tryInstall(need, progress);
  }
  /** @type {string | undefined} */
  let nodePath;
  // Two lanes: npm is busy with many small files, the others with a few big ones.
  await allOrFirstFailure([
    async () => {
      await ensureNodeModules(progress);
      // Its fuses are set by an npm package.
      if (needsWindow) await ensurePart(electron, { progress });
    },
    async () => {
      nodePath = (await ensurePart(node, { progress })).path;
      if (ollamaRun === 'background') await beginOllama(nodePath, ollamaRun, progress);
      if (level === 'tools') return;
      const parts = [...appParts, ...(needsTestParts ? testParts : [])];
      for (const part of parts) if (part !== electron) await ensurePart(part, { progress });
      await trySpeechEngine(progress);
    },
  ]);
  if (nodePath === undefined) throw new Error('no Node was resolved');
  linkNode(nodePath);

  const env = environmentFor(nodePath);
  const electronPart = findPart(electron);
  if (needsBuild)
    await ensureBuild({ nodePath, electron: electronPart ?? { version: electron.pin }, progress });
  // Last, so that it takes no processor time from what somebody waits for.
  if (ollamaRun === 'unless-running') await beginOllama(nodePath, ollamaRun, progress);
  return { nodePath, electronPath: electronPart?.path ?? '', env };
}

/**
 * Lets every lane come to its end, so that nothing is left half-way, and then throws what failed first.
 *
 * @param {readonly (() => Promise<void>)[]} lanes
 */
async function allOrFirstFailure(lanes) {
  const results = await Promise.allSettled(lanes.map((lane) => lane()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/**
 * What children see: every part that is there, and the pinned Node before any other.
 *
 * @param {string} nodePath
 * @returns {NodeJS.ProcessEnv}
 */
function environmentFor(nodePath) {
  const env = { ...process.env };
  for (const part of allParts) {
    const found = findPart(part, process.env);
    if (found) env[part.variable] = found.path;
    // An engine of older sources may still be in the cache; it must not be taken for this one.
    else if (part === speechEngine) env[part.variable] = 'none';
  }
  // It comes in the background: whoever needs it looks for it then.
  if (!process.env[ollama.variable]) delete env[ollama.variable];
  const folders = [join(projectRoot, 'node_modules', '.bin'), join(nodePath, '..')];
  env['PATH'] = [...folders, process.env['PATH'] ?? ''].join(process.platform === 'win32' ? ';' : ':');
  return env;
}

/**
 * @param {string} nodePath
 * @param {'background' | 'unless-running'} run
 * @param {import('./progress.mjs').Progress} progress
 */
async function beginOllama(nodePath, run, progress) {
  if (run === 'unless-running' && (findPart(ollama) || (await isUserOllamaRunning()))) return;
  const outcome = startOllamaInBackground(nodePath);
  if (outcome !== 'present')
    progress.say(
      `  Ollama is being fetched in the background; nothing waits for it (npm run doctor tells how far it is).`,
    );
}

/** @param {import('./progress.mjs').Progress} progress */
async function trySpeechEngine(progress) {
  if (process.env[speechEngine.variable] === 'none' || findPart(speechEngine)) return;
  const failureFile = join(cacheFolder(), 'speech-engine-failed.json');
  const earlier = readJson(failureFile);
  const isRecent = earlier && Date.now() - Date.parse(earlier.at) < retryOptionalAfterMs;
  if (isRecent && earlier.pin === speechEngine.pin && earlier.hadCompiler === hasCompiler()) return;
  await tryInstall(compilerNeed, progress);
  try {
    if (!hasCompiler()) throw new SetupError('there is no g++ to compile it with');
    await ensurePart(speechEngine, { progress });
  } catch (thrown) {
    progress.say('  The portable speech engine is used instead, which is slower; npm run doctor says why.');
    writeJson(failureFile, {
      pin: speechEngine.pin,
      at: new Date().toISOString(),
      hadCompiler: hasCompiler(),
      message: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}

function hasCompiler() {
  return findOnPath('g++') !== undefined;
}

function refuseUnknownPlatform() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 18)
    throw new SetupError(`Node ${process.versions.node} is too old to begin with: 18 or newer is needed.`);
  if (process.platform === 'win32')
    throw new SetupError(
      'Development on Windows is not supported yet: use WSL 2, or install the packaged app.',
    );
}
