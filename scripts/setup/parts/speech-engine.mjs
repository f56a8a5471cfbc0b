import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { SetupError } from '../setup-error.mjs';

const sources = join(projectRoot, 'native', 'speech');
const buildScript = join(sources, 'build.mjs');
const name = process.platform === 'win32' ? 'longhand-speech.exe' : 'longhand-speech';

const pin = hashSources();

/** Our own program over CTranslate2, compiled here. Without it the portable engine is used. */
/** @type {import('../install-part.mjs').Part} */
export const speechEngine = {
  name: 'speechEngine',
  title: 'Fast speech engine',
  variable: 'LONGHAND_SPEECH_ENGINE',
  pin,
  keptVersions: 2,
  isRequired: false,
  routes: [
    {
      source: 'own source (compiled here)',
      async install({ staging, onProgress, note }) {
        if (!existsSync(buildScript)) throw new SetupError('this checkout has no native/speech/build.mjs');
        await runCommand(process.execPath, [buildScript, '--output', staging], {
          env: { ...process.env, ...findRustToolchain() },
          timeoutMs: 900_000,
          onLine: (line) => note(line.trim().slice(0, 80)),
        });
        onProgress(1, 1);
        return { path: findProgram(staging), version: pin };
      },
    },
  ],
  async verify(path) {
    const { stdout } = await runCommand(path, ['--version'], { timeoutMs: 30_000 });
    return stdout.trim().split('\n')[0] ?? '';
  },
  mend:
    'it needs g++ (`sudo apt-get install g++`); then run `npm run setup -- --fresh speechEngine`. ' +
    'Without it Longhand uses the portable engine, which is slower.',
};

/**
 * Rust's cargo looks for its toolchain below HOME; with another HOME it is still where the account's own folder is.
 *
 * @returns {NodeJS.ProcessEnv}
 */
function findRustToolchain() {
  const usual = join(userInfo().homedir, '.rustup');
  const hasToolchain = (/** @type {string} */ folder) => existsSync(join(folder, 'toolchains'));
  if (process.env['RUSTUP_HOME'] || hasToolchain(join(homedir(), '.rustup')) || !hasToolchain(usual))
    return {};
  return { RUSTUP_HOME: usual };
}

/** A change in the sources is another version. */
function hashSources() {
  if (!existsSync(sources)) return 'none';
  const hash = createHash('sha256');
  for (const file of listFiles(sources).sort()) {
    hash.update(file.slice(sources.length));
    hash.update(readFileSync(file));
  }
  return `source-${hash.digest('hex').slice(0, 12)}`;
}

/**
 * @param {string} folder
 * @returns {string[]} tests do not change what is built
 */
function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'test' ? [] : listFiles(path);
    return entry.name.endsWith('.md') ? [] : [path];
  });
}

/** @param {string} folder */
function findProgram(folder) {
  for (const path of [name, join('bin', name)]) if (existsSync(join(folder, path))) return path;
  throw new SetupError(`native/speech/build.mjs made no ${name}`);
}
