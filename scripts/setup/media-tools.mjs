import { chmodSync, copyFileSync, createReadStream, createWriteStream, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { downloadFile } from './download.mjs';
import { findOnPath, platformKey, projectRoot } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

/** ffmpeg-static's release carries both tools, built alike for every platform. */
const release = { tag: 'b6.1.1', version: '6.1.1' };

/** Older ones lack filters and options that we use. */
const oldestMajorVersion = 5;

/**
 * @param {'ffmpeg' | 'ffprobe'} tool
 * @returns {import('./install-part.mjs').Route}
 */
export function fromFfmpegStatic(tool) {
  return {
    source: 'official release (ffmpeg-static)',
    sizeBytes: 30_000_000,
    async install({ staging, downloads, onProgress }) {
      // Where npm was let run its install script, the same file is there already.
      const installed = join(projectRoot, 'node_modules', 'ffmpeg-static', tool);
      if (existsSync(installed)) {
        copyFileSync(installed, join(staging, tool));
        return { path: tool, version: release.version };
      }
      const name = `${tool}-${platformKey}.gz`;
      const file = join(downloads, `${release.tag}-${name}`);
      await downloadFile({
        url: `https://github.com/eugeneware/ffmpeg-static/releases/download/${release.tag}/${name}`,
        file,
        onProgress,
      });
      await pipeline(createReadStream(file), createGunzip(), createWriteStream(join(staging, tool)));
      rmSync(file, { force: true });
      chmodSync(join(staging, tool), 0o755);
      return { path: tool, version: release.version };
    },
  };
}

/**
 * The tool that the machine has already.
 *
 * @param {'ffmpeg' | 'ffprobe'} tool
 * @returns {import('./install-part.mjs').Route}
 */
export function findInstalled(tool) {
  return {
    source: 'operating system',
    async install() {
      const path = findOnPath(tool);
      if (path === undefined) throw new SetupError(`there is no ${tool} on the PATH`);
      return { path, version: readVersion(await verifyMediaTool(path)) };
    },
  };
}

/**
 * @param {string} path
 * @returns {Promise<string>} its version line
 */
export async function verifyMediaTool(path) {
  const { stdout } = await runCommand(path, ['-hide_banner', '-version'], { timeoutMs: 30_000 });
  const line = stdout.split('\n')[0] ?? '';
  const major = Number(/version n?(\d+)\./.exec(line)?.[1]);
  // Builds from the development branch are named after their commit, not after a version.
  if (major < oldestMajorVersion)
    throw new SetupError(`${line} is too old: ${oldestMajorVersion} or newer is needed`);
  return line;
}

/** @param {string} line */
function readVersion(line) {
  return /version (\S+)/.exec(line)?.[1] ?? 'unknown';
}
