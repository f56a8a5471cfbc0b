import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { downloadFile, hashFile } from '../download.mjs';
import { fetchPythonPackage } from '../package-routes.mjs';
import { SetupError } from '../setup-error.mjs';
import { unzip } from '../unzip.mjs';

const version = '6.2.3';
const sha256 = '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3';
const name = 'silero_vad.onnx';

/** Finds speech in sound. */
/** @type {import('../install-part.mjs').Part} */
export const sileroModel = {
  name: 'sileroModel',
  title: 'Silero voice detector',
  variable: 'LONGHAND_SILERO_MODEL',
  pin: version,
  isRequired: true,
  routes: [
    {
      source: 'official model (snakers4/silero-vad)',
      sizeBytes: 2_327_524,
      async install({ staging, downloads, onProgress }) {
        const file = join(downloads, `silero-${version}.onnx`);
        await downloadFile({
          url: `https://raw.githubusercontent.com/snakers4/silero-vad/v${version}/src/silero_vad/data/${name}`,
          file,
          sha256,
          onProgress,
        });
        renameSync(file, join(staging, name));
        return { path: name, version, sha256 };
      },
    },
    {
      source: 'Python package (silero-vad)',
      sizeBytes: 11_300_000,
      async install({ staging, scratch, onProgress }) {
        const wheel = await fetchPythonPackage(`silero-vad==${version}`, { folder: scratch, onProgress });
        await unzip(wheel, staging, {
          rename: (entry) => (entry.endsWith(`/data/${name}`) ? name : undefined),
        });
        return { path: name, version, sha256 };
      },
    },
  ],
  async verify(path) {
    if ((await hashFile(path)) !== sha256) throw new SetupError('the file is damaged');
    return `Silero VAD ${version}: as published`;
  },
  mend: 'run `npm run setup -- --fresh sileroModel`, or point LONGHAND_SILERO_MODEL at silero_vad.onnx.',
};
