import { setTimeout as delay } from 'node:timers/promises';
import { findOnPath, isRoot } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError, describeFailure } from './setup-error.mjs';

/**
 * What the app needs from the operating system: a library by the name the loader knows, or a program, and the
 * Debian package that brings it.
 *
 * @typedef {{ package: string, library?: string, program?: string }} SystemNeed
 */

const listLockTimeoutMs = 120_000;

/** @type {readonly SystemNeed[]} */
export const electronNeeds = [
  { package: 'libnss3', library: 'libnss3.so' },
  { package: 'libatk1.0-0', library: 'libatk-1.0.so.0' },
  { package: 'libatk-bridge2.0-0', library: 'libatk-bridge-2.0.so.0' },
  { package: 'libcups2', library: 'libcups.so.2' },
  { package: 'libgtk-3-0', library: 'libgtk-3.so.0' },
  { package: 'libgbm1', library: 'libgbm.so.1' },
  { package: 'libasound2', library: 'libasound.so.2' },
  { package: 'libxss1', library: 'libXss.so.1' },
  { package: 'libxtst6', library: 'libXtst.so.6' },
];

/** @type {SystemNeed} */
export const virtualDisplayNeed = { package: 'xvfb', program: 'Xvfb' };

/** The speech engine and onnxruntime share work among threads with it. */
/** @type {SystemNeed} */
export const threadingNeed = { package: 'libgomp1', library: 'libgomp.so.1' };

/** @type {SystemNeed} */
export const compilerNeed = { package: 'g++', program: 'g++' };

/** Speaks for the tests, in several languages; without it those tests are skipped. */
/** @type {SystemNeed} */
export const voiceNeed = { package: 'espeak-ng', program: 'espeak-ng' };

/** A keyring as desktops have it, in a session of its own; without it those tests are skipped. */
/** @type {readonly SystemNeed[]} */
export const keyringNeeds = [
  { package: 'dbus', program: 'dbus-run-session' },
  { package: 'gnome-keyring', program: 'gnome-keyring-daemon' },
];

/**
 * @param {readonly SystemNeed[]} needs
 * @returns {Promise<SystemNeed[]>} those that this machine lacks
 */
export async function findMissing(needs) {
  if (process.platform !== 'linux') return [];
  const loader = findOnPath('ldconfig');
  const libraries = loader === undefined ? undefined : (await runCommand(loader, ['-p'])).stdout;
  return needs.filter(({ library, program }) => {
    if (program !== undefined) return findOnPath(program) === undefined;
    // Without the loader's list nothing can be said; Electron itself will tell.
    return library !== undefined && libraries !== undefined && !libraries.includes(`\t${library} `);
  });
}

/**
 * Installs what is missing where that is allowed, and otherwise says what to run.
 *
 * @param {readonly SystemNeed[]} needs
 * @param {import('./progress.mjs').Progress} progress
 * @throws {SetupError} with the one command, where this user may not install
 */
export async function ensureSystemPackages(needs, progress) {
  const missing = await findMissing(needs);
  if (missing.length === 0) return;
  const names = missing.map((need) => need.package);
  const command = `sudo apt-get update && sudo apt-get install --no-install-recommends ${names.join(' ')}`;
  if (findOnPath('apt-get') === undefined)
    throw new SetupError(
      `This system lacks ${describeNeeds(missing)}. Install what brings them (on Debian: ${names.join(' ')}), then run this again.`,
    );
  if (!isRoot)
    throw new SetupError(
      `This system lacks ${describeNeeds(missing)}, and only an administrator may install that. Run this once, then start again:\n\n  ${command}\n`,
    );
  const step = progress.start(`System packages: ${names.join(', ')}`);
  try {
    await updatePackageLists(step.note);
    await installPackages(names, step.note, step.update);
    step.finish(`System packages: ${names.join(', ')}`);
  } catch (thrown) {
    step.fail('System packages could not be installed');
    throw new SetupError(
      `apt-get could not install ${names.join(', ')}. Mend what it says, then start again:\n${thrown instanceof Error ? thrown.message : thrown}`,
      { cause: thrown },
    );
  }
}

/**
 * Installs something that there is another way round, where that is allowed. A failure is told, and stops nothing.
 *
 * @param {SystemNeed} need
 * @param {import('./progress.mjs').Progress} progress
 */
export async function tryInstall(need, progress) {
  if (!isRoot || findOnPath('apt-get') === undefined || (await findMissing([need])).length === 0) return;
  const step = progress.start(`System package: ${need.package}`);
  try {
    await updatePackageLists(step.note);
    await installPackages([need.package], step.note, step.update);
    step.finish(`System package: ${need.package}`);
  } catch (thrown) {
    step.giveUp(`System package ${need.package}: ${describeFailure(thrown)}; going on without it`);
  }
}

/** @param {readonly SystemNeed[]} needs */
export function describeNeeds(needs) {
  return needs.map(({ library, program }) => library ?? program).join(', ');
}

/** @param {(note: string) => void} note */
export async function updatePackageLists(note) {
  note('reading package lists');
  const deadline = Date.now() + listLockTimeoutMs;
  for (;;) {
    try {
      await runCommand('apt-get', ['update', '-q'], { env: aptEnvironment() });
      return;
    } catch (thrown) {
      // Another apt is at it: for the installation apt waits by itself, for the lists it does not.
      const isBusy = thrown instanceof Error && thrown.message.includes('lists/lock');
      if (!isBusy || Date.now() > deadline) throw thrown;
      note('waiting for another apt to end');
      await delay(1_000);
    }
  }
}

/**
 * @param {readonly string[]} names
 * @param {(note: string) => void} note
 * @param {(donePercent: number, total: number) => void} [onProgress]
 */
export async function installPackages(names, note, onProgress) {
  const env = aptEnvironment();
  // An earlier run may have been interrupted in the middle of an installation.
  const { stdout: unfinished } = await runCommand('dpkg', ['--audit']);
  if (unfinished.trim() !== '') await runCommand('dpkg', ['--configure', '-a'], { env });
  const options = [
    '-y',
    '-q',
    '--no-install-recommends',
    '-o',
    'APT::Status-Fd=1',
    '-o',
    'DPkg::Lock::Timeout=300',
  ];
  await runCommand('apt-get', ['install', ...options, ...names], {
    env,
    onLine: (line) => {
      // dlstatus:<number>:<percent>:<text> while fetching, pmstatus:<package>:<percent>:<text> while installing
      const [, kind, percent, text] = /^(dl|pm)status:[^:]*:([\d.]+):(.*)$/.exec(line) ?? [];
      if (percent === undefined) return;
      onProgress?.(kind === 'dl' ? Number(percent) / 2 : 50 + Number(percent) / 2, 100);
      if (text) note(text);
    },
  });
}

/** @returns {NodeJS.ProcessEnv} */
function aptEnvironment() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
}
