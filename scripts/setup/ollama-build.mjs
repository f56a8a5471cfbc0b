import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { fetchPythonPackage, untar } from './package-routes.mjs';
import { cacheFolder, findOnPath, isRoot } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { installPackages, updatePackageLists } from './system-packages.mjs';

/** Measured on two busy cores. Only for the estimate of the time left. */
const processorMsCold = 720_000;

/**
 * Builds Ollama with Go. The module in the Go proxy lacks three headers that its C++ needs: two come as Debian
 * packages, one in the source archive of a Python package. Go's build cache stays, so that a second build takes
 * seconds; for that, every flag and path must stay the same.
 *
 * @param {object} options
 * @param {string} options.version
 * @param {string} options.scratch
 * @param {(note: string) => void} options.note
 * @returns {Promise<string>} the program
 */
export async function buildOllama({ version, scratch, note }) {
  if (findOnPath('go') === undefined) throw new SetupError('there is no Go on this machine to build it with');
  if (findOnPath('g++') === undefined) {
    if (!isRoot)
      throw new SetupError('there is no g++ to build it with; `sudo apt-get install g++` brings it');
    note('installing g++');
    await installPackages(['g++'], note);
  }
  const build = join(cacheFolder(), 'build');
  const include = join(build, `ollama-${version}`, 'include');
  const programs = join(build, `ollama-${version}`, 'bin');
  if (!existsSync(join(include, 'complete'))) await collectHeaders(include, scratch, note);

  // Without these instructions it would be two to ten times slower.
  const processor = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  const isModern = process.arch === 'x64' && /\bavx2\b/.test(processor) && /\bfma\b/.test(processor);
  const flags = isModern ? '-O2 -march=x86-64-v3' : '-O2';
  const startedAt = Date.now();
  const expectedMs = processorMsCold / Math.min(availableParallelism?.() ?? cpus().length, 4);
  const report = () => {
    const leftMs = expectedMs - (Date.now() - startedAt);
    note(
      leftMs > 30_000 ? `compiling, about ${Math.ceil(leftMs / 60_000)} min left` : 'compiling, nearly there',
    );
  };
  report();
  const timer = setInterval(report, 10_000);
  try {
    const args = ['-n', '10', 'go', 'install', '-p', '2', '-trimpath'];
    const linkerFlags = `-s -w -X=github.com/ollama/ollama/version.Version=${version}`;
    await runCommand('nice', [...args, `-ldflags=${linkerFlags}`, `github.com/ollama/ollama@v${version}`], {
      cwd: scratch,
      env: {
        ...process.env,
        CGO_ENABLED: '1',
        CGO_CPPFLAGS: `-I${include}`,
        CGO_CFLAGS: flags,
        CGO_CXXFLAGS: flags,
        GOBIN: programs,
        GOTMPDIR: scratch,
        GOCACHE: join(build, 'go-cache'),
        GOMODCACHE: join(build, 'go-modules'),
        GOFLAGS: '-buildvcs=false -modcacherw',
      },
      onLine: (line) => {
        if (line.startsWith('go: downloading')) note(line.slice(4));
      },
    });
  } finally {
    clearInterval(timer);
  }
  // The sources are of no more use, and take half a gigabyte; the build cache does without them.
  rmSync(join(build, 'go-modules'), { recursive: true, force: true });
  return join(programs, 'ollama');
}

/**
 * @param {string} include
 * @param {string} scratch
 * @param {(note: string) => void} note
 */
async function collectHeaders(include, scratch, note) {
  if (findOnPath('dpkg-deb') === undefined) throw new SetupError('its headers come as Debian packages');
  note('fetching headers');
  const packages = join(scratch, 'packages');
  mkdirSync(packages, { recursive: true });
  const download = () =>
    runCommand('apt-get', ['download', '-qq', 'nlohmann-json3-dev', 'libstb-dev'], { cwd: packages });
  try {
    await download();
  } catch (thrown) {
    if (!isRoot) throw thrown;
    await updatePackageLists(note);
    await download();
  }
  for (const name of readdirSync(packages))
    await runCommand('dpkg-deb', ['-x', join(packages, name), join(scratch, 'root')]);
  const archive = await fetchPythonPackage('miniaudio==1.71', { folder: scratch, isSource: true });
  await untar(archive, scratch);

  rmSync(include, { recursive: true, force: true });
  for (const name of ['nlohmann', 'stb'])
    cpSync(join(scratch, 'root', 'usr', 'include', name), join(include, name), { recursive: true });
  cpSync(
    join(scratch, 'miniaudio-1.71', 'miniaudio', 'miniaudio.h'),
    join(include, 'miniaudio', 'miniaudio.h'),
  );
  mkdirSync(join(include, 'complete'));
}
