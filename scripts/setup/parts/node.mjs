import { chmodSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { downloadFile, downloadText, findHash } from '../download.mjs';
import { fetchNpmPackage, untar } from '../package-routes.mjs';
import { platformKey } from '../places.mjs';
import { runCommand } from '../run-command.mjs';

const version = '24.21.0';
const sizeBytes = 55_000_000;
/** Of `bin/node` in the package for the platform. */
const hashes = { 'linux-x64': '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c' };

/** The pinned Node that runs api, worker and the tests: one database binding, whatever Node the machine has. */
/** @type {import('../install-part.mjs').Part} */
export const node = {
  name: 'node',
  title: 'Node',
  variable: 'LONGHAND_NODE',
  pin: version,
  isRequired: true,
  routes: [
    {
      source: 'official release (nodejs.org)',
      sizeBytes,
      async install({ staging, scratch, downloads, onProgress }) {
        const base = `https://nodejs.org/dist/v${version}`;
        const name = `node-v${version}-${platformKey}`;
        const url = `${base}/${name}.tar.gz`;
        const sha256 = findHash(await downloadText(`${base}/SHASUMS256.txt`), url);
        const file = join(downloads, `${name}.tar.gz`);
        await downloadFile({ url, file, sha256, onProgress });
        await untar(file, scratch, [`${name}/bin/node`, `${name}/LICENSE`]);
        renameSync(join(scratch, name, 'bin', 'node'), join(staging, 'node'));
        renameSync(join(scratch, name, 'LICENSE'), join(staging, 'LICENSE'));
        return { path: 'node', version };
      },
    },
    {
      source: `npm package (node-${platformKey})`,
      sizeBytes,
      async install({ staging, scratch, onProgress }) {
        const file = await fetchNpmPackage(`node-${platformKey}@${version}`, { folder: scratch, onProgress });
        await untar(file, scratch, ['package/bin/node']);
        renameSync(join(scratch, 'package', 'bin', 'node'), join(staging, 'node'));
        chmodSync(join(staging, 'node'), 0o755);
        return { path: 'node', version, sha256: hashes[/** @type {'linux-x64'} */ (platformKey)] };
      },
    },
  ],
  async verify(path) {
    const { stdout } = await runCommand(path, ['--version'], { timeoutMs: 20_000 });
    if (!stdout.startsWith('v24.')) throw new Error(`it says ${stdout.trim()}, but Node 24 is needed`);
    return stdout.trim();
  },
  mend: 'run `npm run setup -- --fresh node`, or point LONGHAND_NODE at a Node 24 of yours.',
};
