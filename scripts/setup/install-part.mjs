import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { hashFile } from './download.mjs';
import { withLock } from './lock.mjs';
import { manifestFile, readManifest, writeJson } from './manifest.mjs';
import { cacheFolder } from './places.mjs';
import { SetupError, describeFailure } from './setup-error.mjs';

/**
 * A part of the app that is not JavaScript. Each has a module in `parts/`.
 *
 * @typedef {object} Part
 * @property {string} name as in `src-node/native-parts.ts`
 * @property {string} title
 * @property {string} variable the environment variable that overrides every other place
 * @property {string} pin the version wanted
 * @property {number} [keptVersions] older ones are removed; all are kept if left out
 * @property {boolean} isRequired whether the app can do nothing without it
 * @property {readonly Route[]} routes tried in this order
 * @property {(path: string) => Promise<string>} verify runs it; resolves with its version line, throws when broken
 * @property {string} mend what a person can do about it
 */

/**
 * One way to get a part.
 *
 * @typedef {object} Route
 * @property {string} source what the doctor shows, for example `official release` or `npm package`
 * @property {number} [sizeBytes] of the download, about
 * @property {(work: RouteWork) => Promise<InstalledFiles>} install
 */

/**
 * @typedef {object} RouteWork
 * @property {string} staging an empty folder; what is in it afterwards becomes the part's folder
 * @property {string} scratch an empty folder for what is only needed on the way
 * @property {string} downloads survives interruptions, for downloads that can be resumed
 * @property {(doneBytes: number, totalBytes?: number) => void} onProgress
 * @property {(note: string) => void} note
 */

/**
 * @typedef {object} InstalledFiles
 * @property {string} path inside the staging folder; absolute for something already on the machine
 * @property {string} version
 * @property {string} [sha256] pinned hash of that file: anything else is refused
 */

/**
 * @typedef {import('./manifest.mjs').Manifest} Manifest
 * @typedef {{ name: string, path: string, version: string, source: string }} ResolvedPart
 */

/**
 * Finds a part without fetching anything: environment variable, packaged resource, cache.
 *
 * @param {Part} part
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {ResolvedPart | undefined}
 * @throws {SetupError} when the environment variable points at nothing
 */
export function findPart(part, env = process.env) {
  const cache = cacheFolder(env);
  const cached = readManifest(manifestFile(cache, part.name));
  const given = env[part.variable];
  if (given === 'none') return undefined;
  if (given) {
    const path = resolve(given);
    if (!existsSync(path))
      throw new SetupError(
        `${part.variable} says "${given}", but nothing is there. Correct it, or unset it.`,
      );
    return cached?.path === path
      ? cached
      : { name: part.name, path, version: 'unknown', source: 'environment' };
  }
  const resources = env['LONGHAND_RESOURCES'];
  const packaged = resources && readManifest(manifestFile(resources, part.name));
  if (packaged) return { ...packaged, source: 'packaged' };
  // Another checkout may want another version; what this one installed earlier is still there.
  return cached?.pin === part.pin ? cached : readManifest(manifestFile(cache, pinnedName(part)));
}

/** @param {Part} part */
function pinnedName({ name, pin }) {
  return `${name}@${pin.replace(/[^\w.-]+/g, '-')}`;
}

/**
 * Finds a part, or gets it by the first route that works. Two processes may ask at once: one works, the other waits.
 *
 * @param {Part} part
 * @param {object} options
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.isFresh] get it again, although it is there
 * @returns {Promise<ResolvedPart>}
 * @throws {SetupError} naming each route and why it failed
 */
export async function ensurePart(part, { progress, env = process.env, isFresh = false }) {
  const found = isFresh ? undefined : findPart(part, env);
  if (found) return found;
  const cache = cacheFolder(env);
  const onWait = (/** @type {number} */ pid) =>
    progress.say(`  ${part.title}: process ${pid} is fetching it, waiting …`);
  return withLock(
    join(cache, 'locks', part.name),
    async () => {
      const meanwhile = isFresh ? undefined : findPart(part, env);
      if (meanwhile) return meanwhile;
      clearLeftovers(cache, part.name);
      /** @type {string[]} */
      const failures = [];
      for (const route of part.routes) {
        const step = progress.start(`${part.title} ${part.pin} from the ${route.source}`, route.sizeBytes);
        try {
          const manifest = await installBy(route, part, cache, step);
          step.finish(`${part.title} ${manifest.version}, from the ${route.source}`);
          return manifest;
        } catch (thrown) {
          const isLast = route === part.routes.at(-1);
          const what = `${part.title}: not from the ${route.source}: ${describeFailure(thrown)}`;
          if (isLast) step.fail(what);
          else step.giveUp(`${what}; trying the next source`);
          failures.push(`  - ${route.source}: ${thrown instanceof Error ? thrown.message : thrown}`);
          if (!(thrown instanceof SetupError) && !isSystemFailure(thrown)) throw thrown;
        }
      }
      throw new SetupError(
        `${part.title} ${part.pin} could not be installed:\n${failures.join('\n')}\n\nWhat to do: ${part.mend}`,
      );
    },
    { onWait },
  );
}

/**
 * @param {Route} route
 * @param {Part} part
 * @param {string} cache
 * @param {import('./progress.mjs').Step} step
 * @returns {Promise<Manifest>}
 */
async function installBy(route, part, cache, step) {
  // What a killed run started may go on for a while: it must not write into the folder of this one.
  const work = join(cache, 'staging', part.name, String(process.pid));
  const staging = join(work, 'files');
  const scratch = join(work, 'scratch');
  rmSync(work, { recursive: true, force: true });
  for (const folder of [staging, scratch]) mkdirSync(folder, { recursive: true });
  try {
    const { path, version, sha256 } = await route.install({
      staging,
      scratch,
      downloads: join(cache, 'downloads'),
      onProgress: step.update,
      note: step.note,
    });
    const stagedPath = resolve(staging, path);
    if (sha256 !== undefined) {
      const actual = await hashFile(stagedPath);
      if (actual !== sha256)
        throw new SetupError(
          `it came with SHA-256 ${actual}, but ${sha256} was expected; it was thrown away`,
        );
    }
    await part.verify(stagedPath);

    const folder = join(cache, part.name, version);
    const finalPath = isAbsolute(path) ? path : join(folder, path);
    if (!isAbsolute(path)) replaceFolder(staging, folder, join(work, 'old'));
    const stats = statSync(finalPath);
    /** @type {Manifest} */
    const manifest = {
      name: part.name,
      path: finalPath,
      version,
      pin: part.pin,
      source: route.source,
      installedAt: new Date().toISOString(),
      ...(stats.isFile() ? { sizeBytes: stats.size } : {}),
      ...(sha256 === undefined ? {} : { sha256 }),
    };
    for (const key of [pinnedName(part), part.name]) writeJson(manifestFile(cache, key), manifest);
    if (part.keptVersions !== undefined) removeOldVersions(cache, part.name, part.keptVersions);
    return manifest;
  } finally {
    rmSync(join(work, '..'), { recursive: true, force: true });
  }
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string} aside where what was there goes first: a running program keeps its files
 */
function replaceFolder(from, to, aside) {
  mkdirSync(join(to, '..'), { recursive: true });
  if (existsSync(to)) renameSync(to, aside);
  renameSync(from, to);
}

/**
 * @param {string} cache
 * @param {string} name
 * @param {number} kept
 */
function removeOldVersions(cache, name, kept) {
  const folder = join(cache, name);
  const age = (/** @type {string} */ version) => statSync(join(folder, version)).mtimeMs;
  const newestFirst = readdirSync(folder).sort((a, b) => age(b) - age(a));
  for (const version of newestFirst.slice(kept)) {
    rmSync(manifestFile(cache, `${name}@${version}`), { force: true });
    rmSync(join(folder, version), { recursive: true, force: true });
  }
}

/**
 * What an interrupted run of the same part left; its lock is ours.
 *
 * @param {string} cache
 * @param {string} name
 */
function clearLeftovers(cache, name) {
  rmSync(join(cache, 'staging', name), { recursive: true, force: true });
  const folder = join(cache, 'parts');
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder))
    if (new RegExp(`^${name}(@.*)?\\.json\\.\\d+\\.tmp$`).test(file))
      rmSync(join(folder, file), { force: true });
}

/**
 * A full disk or a missing permission is the machine's state, not a fault in this code.
 *
 * @param {unknown} thrown
 */
function isSystemFailure(thrown) {
  return thrown instanceof Error && 'syscall' in thrown;
}
