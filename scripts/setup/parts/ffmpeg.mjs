import { chmodSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fetchPythonPackage } from '../package-routes.mjs';
import { platformKey } from '../places.mjs';
import { unzip } from '../unzip.mjs';
import { findInstalled, fromFfmpegStatic, verifyMediaTool } from '../media-tools.mjs';

/** Of the program in the wheel for the platform. */
const wheelVersion = '9.0.2';
const hashes = { 'linux-x64': '0d709a0bed1a43f24cd2c420878c63afea4580671b6949ad19ed124572f3bc3d' };

/** @type {import('../install-part.mjs').Part} */
export const ffmpeg = {
  name: 'ffmpeg',
  title: 'ffmpeg',
  variable: 'LONGHAND_FFMPEG',
  pin: wheelVersion,
  isRequired: true,
  // The package first: it is newer than the static release (6.1.1 cannot put a tiled HEIC picture together), pinned by
  // hash, and what the tests run with.
  routes: [
    {
      source: 'Python package (imageio-ffmpeg)',
      sizeBytes: 68_000_000,
      async install({ staging, scratch, onProgress }) {
        const wheel = await fetchPythonPackage('imageio-ffmpeg==0.8.1', { folder: scratch, onProgress });
        await unzip(wheel, scratch, {
          rename: (name) => (/\/binaries\/ffmpeg-[^/]+$/.test(name) ? 'ffmpeg' : undefined),
        });
        renameSync(join(scratch, 'ffmpeg'), join(staging, 'ffmpeg'));
        chmodSync(join(staging, 'ffmpeg'), 0o755);
        return {
          path: 'ffmpeg',
          version: wheelVersion,
          sha256: hashes[/** @type {'linux-x64'} */ (platformKey)],
        };
      },
    },
    fromFfmpegStatic('ffmpeg'),
    findInstalled('ffmpeg'),
  ],
  verify: verifyMediaTool,
  mend: 'run `npm run setup -- --fresh ffmpeg`, install your system’s ffmpeg package, or point LONGHAND_FFMPEG at one.',
};
