import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withLock } from './lock.mjs';
import { readJson, writeJson } from './manifest.mjs';
import { cacheFolder, projectRoot } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

const stampFile = join(projectRoot, 'dist-app', '.built-from.json');
const otherSources = [
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'scripts/setup/bundle-workflows.mjs',
];

/**
 * Builds the app into `dist-app/` if its sources are not the ones it was built from.
 *
 * @param {object} options
 * @param {string} options.nodePath the pinned Node
 * @param {{ path?: string, version: string }} options.electron the one it is built for
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {boolean} [options.isForced]
 */
export async function ensureBuild({ nodePath, electron, progress, isForced = false }) {
  const electronMajor = await readElectronMajor(electron);
  if (!isForced && isBuildCurrent(electronMajor)) return;
  const key = createHash('sha256').update(projectRoot).digest('hex').slice(0, 12);
  await withLock(
    join(cacheFolder(), 'locks', `build-${key}`),
    async () => {
      if (!isForced && isBuildCurrent(electronMajor)) return;
      const seen = { glance: glanceAtSources(), content: hashSources() };
      const step = progress.start('Building the app', 2);
      try {
        /** @type {NodeJS.ProcessEnv} */
        const env = { ...process.env, ELECTRON_MAJOR_VER: electronMajor };
        if (electron.path) env['ELECTRON_EXEC_PATH'] = electron.path;
        delete env['NODE_ENV'];
        await runCommand(nodePath, ['node_modules/electron-vite/bin/electron-vite.js', 'build'], {
          cwd: projectRoot,
          env,
          onLine: (line) => step.note(line.trim().slice(0, 60)),
        });
        step.update(1);
        step.note('the workflows');
        await runCommand(nodePath, ['scripts/setup/bundle-workflows.mjs'], { cwd: projectRoot });
        writeJson(stampFile, { electronMajor, ...seen });
        step.finish('The app is built');
      } catch (thrown) {
        step.fail('The app could not be built');
        throw thrown instanceof SetupError ? new SetupError(thrown.message, { cause: thrown }) : thrown;
      }
    },
    { onWait: (pid) => progress.say(`  process ${pid} is building the app, waiting …`) },
  );
}

/** @param {string} electronMajor */
function isBuildCurrent(electronMajor) {
  const built = readJson(stampFile);
  if (built?.electronMajor !== electronMajor) return false;
  const glance = glanceAtSources();
  if (built.glance === glance) return true;
  // Times change without content, for example when Git switches there and back.
  const content = hashSources();
  if (built.content !== content) return false;
  writeJson(stampFile, { ...built, glance });
  return true;
}

/**
 * Electron is told by its `version` file; one of the user's own may have none.
 *
 * @param {{ path?: string, version: string }} electron
 */
async function readElectronMajor({ path, version }) {
  const known = /^(\d+)\./.exec(version)?.[1];
  if (known !== undefined || path === undefined) return known ?? '';
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await runCommand(path, ['-p', 'process.versions.electron'], { env });
  return stdout.split('.')[0] ?? '';
}

function glanceAtSources() {
  const hash = createHash('sha256');
  for (const file of listSources()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(projectRoot, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function hashSources() {
  const hash = createHash('sha256');
  for (const file of listSources()) {
    hash.update(`${relative(projectRoot, file)}\n`);
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** @returns {string[]} in a fixed order; tests are not built */
function listSources() {
  const folders = readdirSync(projectRoot).filter((name) => name.startsWith('src-'));
  const files = folders.flatMap((name) => listFiles(join(projectRoot, name)));
  const others = otherSources.map((name) => join(projectRoot, name)).filter((file) => existsSync(file));
  return [...files, ...others].sort();
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });
}
