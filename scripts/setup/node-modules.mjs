import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { endNotedChild, noteChild, withLock } from './lock.mjs';
import { npmCommand } from './package-routes.mjs';
import { cacheFolder, projectRoot } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError, describeFailure } from './setup-error.mjs';

const lockFile = join(projectRoot, 'package-lock.json');
const modules = join(projectRoot, 'node_modules');
/** Inside node_modules, so that whoever removes that removes the claim too. */
const stampFile = join(modules, '.longhand-installed');

/** Whether node_modules is what package-lock.json says; two file looks are enough where nothing changed. */
export function areNodeModulesCurrent() {
  if (existsSync(stampFile)) {
    const [hash, sizeAndTime] = readFileSync(stampFile, 'utf8').split('\n');
    if (sizeAndTime === describeLockFile() || hash === hashLockFile()) return true;
  }
  return adoptInstalled();
}

/**
 * Installs what package-lock.json says, running no script of any package: what they would fetch, setup brings itself.
 *
 * @param {import('./progress.mjs').Progress} progress
 */
export async function ensureNodeModules(progress) {
  if (areNodeModulesCurrent()) return;
  const key = createHash('sha256').update(projectRoot).digest('hex').slice(0, 12);
  await withLock(
    join(cacheFolder(), 'locks', `node-modules-${key}`),
    async () => {
      if (areNodeModulesCurrent()) return;
      const childFile = join(cacheFolder(), 'locks', `npm-${key}.child`);
      await endNotedChild(childFile);
      await install(progress, childFile);
      rmSync(childFile, { force: true });
      writeStamp();
    },
    { onWait: (pid) => progress.say(`  npm packages: process ${pid} is installing them, waiting …`) },
  );
}

/**
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} childFile
 */
async function install(progress, childFile) {
  const packages = countPackages();
  const step = progress.start(`npm packages (${packages})`, packages);
  let fetched = 0;
  /** @type {string[]} */
  const problems = [];
  const [command, ...args] = npmCommand();
  const env = { ...process.env, NODE_ENV: 'development' };
  try {
    await runCommand(
      command,
      [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'http'],
      {
        cwd: projectRoot,
        env,
        onSpawn: (pid) => noteChild(childFile, pid),
        onLine: (line) => {
          // One line for each archive that npm fetches, or finds in its own cache.
          if (line.includes('.tgz')) step.update((fetched += 1));
          else if (line.startsWith('npm error ')) problems.push(line);
        },
      },
    );
    step.finish(`npm packages: ${packages}`);
  } catch (thrown) {
    step.fail('npm could not install the packages');
    // npm ends with a page on how to use it; what went wrong stands before that.
    const why = problems.filter((line) => !line.startsWith('npm error A complete log')).slice(0, 12);
    throw new SetupError(
      `${why.join('\n') || describeFailure(thrown)}\n\nWhat to do: see that npm can reach its registry, then run this again.`,
      { cause: thrown },
    );
  }
}

/** How many archives npm will fetch: those for other platforms it leaves out. */
function countPackages() {
  /** @type {{ os?: string[], cpu?: string[] }[]} */
  const packages = Object.values(JSON.parse(readFileSync(lockFile, 'utf8')).packages);
  const fits = (/** @type {string[] | undefined} */ allowed, /** @type {string} */ here) =>
    allowed === undefined ||
    allowed.includes(here) ||
    allowed.some((name) => name.startsWith('!') && name !== `!${here}`);
  return packages.filter(({ os, cpu }) => fits(os, process.platform) && fits(cpu, process.arch)).length;
}

/** Somebody may have run `npm ci` or `npm install` already: npm's own record then agrees with the lock file. */
function adoptInstalled() {
  const recordFile = join(modules, '.package-lock.json');
  if (!existsSync(recordFile)) return false;
  const installed = JSON.parse(readFileSync(recordFile, 'utf8')).packages;
  /** @type {Record<string, { integrity?: string, optional?: boolean }>} */
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  const isWhole = Object.entries(wanted).every(
    ([path, { integrity, optional }]) =>
      path === '' ||
      (installed[path] === undefined ? optional === true : installed[path].integrity === integrity),
  );
  if (isWhole) writeStamp();
  return isWhole;
}

/**
 * Puts the pinned Node first on the PATH of npm scripts. The npm package `node` would fetch a copy for every checkout.
 *
 * @param {string} nodePath
 */
export function linkNode(nodePath) {
  const program = join(modules, 'node', 'bin', 'node');
  if (!existsSync(join(modules, 'node'))) return;
  if (!existsSync(program)) replaceLink(nodePath, program);
  // npm links no program that is not there yet.
  const onPath = join(modules, '.bin', 'node');
  if (!existsSync(onPath)) replaceLink(join('..', 'node', 'bin', 'node'), onPath);
}

/**
 * @param {string} target
 * @param {string} path
 */
function replaceLink(target, path) {
  const temporary = `${path}.${process.pid}`;
  mkdirSync(join(path, '..'), { recursive: true });
  rmSync(temporary, { force: true });
  symlinkSync(target, temporary);
  renameSync(temporary, path);
}

function writeStamp() {
  writeFileSync(stampFile, `${hashLockFile()}\n${describeLockFile()}\n`);
}

function hashLockFile() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function describeLockFile() {
  const { size, mtimeMs } = statSync(lockFile);
  return `${size} ${mtimeMs}`;
}
