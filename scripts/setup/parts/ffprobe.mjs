import { chmodSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fetchNpmPackage, untar } from '../package-routes.mjs';
import { platformKey } from '../places.mjs';
import { findInstalled, fromFfmpegStatic, verifyMediaTool } from '../media-tools.mjs';

const packageVersion = '5.2.0';
/** Of the program in the package for the platform. */
const hashes = { 'linux-x64': '576c21674291ec1948d507ea8ab0d78eb6621a0be8c6f1a6db0f50c5fcb1e0f9' };

/** @type {import('../install-part.mjs').Part} */
export const ffprobe = {
  name: 'ffprobe',
  title: 'ffprobe',
  variable: 'LONGHAND_FFPROBE',
  pin: '6.1.1',
  isRequired: true,
  routes: [
    fromFfmpegStatic('ffprobe'),
    {
      source: `npm package (@ffprobe-installer/${platformKey})`,
      sizeBytes: 29_000_000,
      async install({ staging, scratch, onProgress }) {
        const spec = `@ffprobe-installer/${platformKey}@${packageVersion}`;
        const tarball = await fetchNpmPackage(spec, { folder: scratch, onProgress });
        await untar(tarball, scratch);
        renameSync(join(scratch, 'package', 'ffprobe'), join(staging, 'ffprobe'));
        chmodSync(join(staging, 'ffprobe'), 0o755);
        return {
          path: 'ffprobe',
          version: packageVersion,
          sha256: hashes[/** @type {'linux-x64'} */ (platformKey)],
        };
      },
    },
    findInstalled('ffprobe'),
  ],
  verify: verifyMediaTool,
  mend: 'run `npm run setup -- --fresh ffprobe`, install your system’s ffmpeg package, or point LONGHAND_FFPROBE at one.',
};
