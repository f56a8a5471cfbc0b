import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../manifest.mjs';
import { npmCommand } from '../package-routes.mjs';
import { projectRoot } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { SetupError } from '../setup-error.mjs';

const version = '0.5.35';
const source = join(projectRoot, 'tests', 'servers', 'bluesky');

/** The real Bluesky server and directory, to publish to in tests; packages and versions as its own lock says. */
/** @type {import('../install-part.mjs').Part} */
export const blueskyTestServer = {
  name: 'blueskyTestServer',
  title: 'Bluesky server for tests',
  variable: 'LONGHAND_BLUESKY_TEST_SERVER',
  pin: version,
  isRequired: false,
  routes: [
    {
      source: 'npm packages (@atproto/pds)',
      async install({ staging, note }) {
        for (const name of ['package.json', 'package-lock.json'])
          copyFileSync(join(source, name), join(staging, name));
        const [command, ...args] = npmCommand();
        await runCommand(
          command,
          [...args, 'ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel', 'http'],
          { cwd: staging, onLine: (line) => note(line.trim().slice(0, 80)) },
        );
        return { path: 'node_modules', version };
      },
    },
  ],
  verify(path) {
    const found = readJson(join(path, '@atproto', 'pds', 'package.json'))?.version;
    if (found !== version) throw new SetupError(`it holds @atproto/pds ${found ?? 'not at all'}`);
    return Promise.resolve(`@atproto/pds ${version}`);
  },
  mend: 'run `npm run setup -- --fresh blueskyTestServer`. The app does not need it, only tests do.',
};
