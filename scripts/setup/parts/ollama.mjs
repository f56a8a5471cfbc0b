import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { downloadFile, downloadText, findHash } from '../download.mjs';
import { buildOllama } from '../ollama-build.mjs';
import { findOnPath, platformKey } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { SetupError } from '../setup-error.mjs';
import { extractTarStream } from '../tar-stream.mjs';

const version = '0.17.4';
const assets = {
  'linux-x64': { name: 'ollama-linux-amd64.tar.zst', path: 'bin/ollama', sizeBytes: 1_700_000_000 },
  'linux-arm64': { name: 'ollama-linux-arm64.tar.zst', path: 'bin/ollama', sizeBytes: 1_700_000_000 },
  'darwin-x64': { name: 'ollama-darwin.tgz', path: 'ollama', sizeBytes: 120_000_000 },
  'darwin-arm64': { name: 'ollama-darwin.tgz', path: 'ollama', sizeBytes: 120_000_000 },
};

/** Runs local chat models. It is big or slow to get, so it comes in the background: nothing waits for it. */
/** @type {import('../install-part.mjs').Part} */
export const ollama = {
  name: 'ollama',
  title: 'Ollama',
  variable: 'LONGHAND_OLLAMA',
  pin: version,
  isRequired: false,
  routes: [
    {
      source: 'operating system',
      async install() {
        const path = findOnPath('ollama');
        if (path === undefined) throw new SetupError('there is no ollama on the PATH');
        return { path, version: readVersion(await printVersion(path)) };
      },
    },
    {
      source: 'official release (github.com/ollama)',
      sizeBytes: assets[/** @type {'linux-x64'} */ (platformKey)]?.sizeBytes ?? 0,
      async install({ staging, downloads, onProgress, note }) {
        const asset = assets[/** @type {'linux-x64'} */ (platformKey)];
        if (asset === undefined) throw new SetupError(`there is none for ${platformKey}`);
        const base = `https://github.com/ollama/ollama/releases/download/v${version}`;
        const url = `${base}/${asset.name}`;
        const sha256 = findHash(await downloadText(`${base}/sha256sum.txt`), url);
        const file = join(downloads, `ollama-${version}-${asset.name}`);
        await downloadFile({ url, file, sha256, onProgress });
        note('unpacking');
        // The libraries for graphics cards are gigabytes; they are of use only where there is one.
        const excluded = existsSync('/proc/driver/nvidia') ? [] : ['--exclude=*cuda*', '--exclude=*mlx*'];
        await extractTarStream(createReadStream(file), asset.name, staging, excluded);
        rmSync(file, { force: true });
        return { path: asset.path, version };
      },
    },
    {
      source: 'Go module (built here)',
      async install({ staging, scratch, note }) {
        const built = await buildOllama({ version, scratch, note });
        mkdirSync(staging, { recursive: true });
        renameSync(built, join(staging, 'ollama'));
        return { path: 'ollama', version };
      },
    },
  ],
  verify: printVersion,
  mend: 'install it from ollama.com, or run `npm run setup -- --fresh ollama`. Longhand works without it, only without a chat model.',
};

/**
 * @param {string} path
 * @returns {Promise<string>}
 */
async function printVersion(path) {
  const env = { ...process.env, OLLAMA_HOST: '127.0.0.1:9' };
  const { stdout, stderr } = await runCommand(path, ['--version'], { env, timeoutMs: 30_000 });
  const line = `${stdout}\n${stderr}`
    .split('\n')
    .find((text) => /version/.test(text) && /\d+\.\d+/.test(text));
  if (line === undefined) throw new SetupError('it does not tell its version');
  return `ollama ${readVersion(line)}`;
}

/** @param {string} line */
function readVersion(line) {
  return /(\d+\.\d+\.\d+\S*)/.exec(line)?.[1] ?? 'unknown';
}
