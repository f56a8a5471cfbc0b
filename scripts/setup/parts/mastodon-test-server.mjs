import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipCommand } from '../package-routes.mjs';
import { projectRoot } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { SetupError } from '../setup-error.mjs';

const version = '0.6.1';

/** A stand-in for a Mastodon server: a real one cannot be had as a package. */
/** @type {import('../install-part.mjs').Part} */
export const mastodonTestServer = {
  name: 'mastodonTestServer',
  title: 'Mastodon stand-in for tests',
  variable: 'LONGHAND_MASTODON_TEST_SERVER',
  pin: version,
  isRequired: false,
  routes: [
    {
      source: 'Python packages (mastodon_mock)',
      async install({ staging, note }) {
        const [command, ...args] = pipCommand();
        const requirements = join(projectRoot, 'tests', 'servers', 'mastodon', 'requirements.txt');
        const options = [
          '--quiet',
          '--no-cache-dir',
          '--disable-pip-version-check',
          '--only-binary',
          ':all:',
        ];
        await runCommand(
          command,
          [
            ...args,
            'install',
            ...options,
            '--no-deps',
            '--target',
            join(staging, 'packages'),
            '-r',
            requirements,
          ],
          { cwd: staging, onLine: (line) => note(line.trim().slice(0, 80)) },
        );
        return { path: 'packages', version };
      },
    },
  ],
  verify(path) {
    if (!existsSync(join(path, `mastodon_mock-${version}.dist-info`)))
      throw new SetupError('mastodon_mock is not in it');
    return Promise.resolve(`mastodon_mock ${version}`);
  },
  mend: 'run `npm run setup -- --fresh mastodonTestServer`. The app does not need it, only tests do.',
};
