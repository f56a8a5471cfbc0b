import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitForOllama } from '../setup/background.mjs';
import { readJson } from '../setup/manifest.mjs';
import { projectRoot } from '../setup/places.mjs';
import { hasDisplay, prepare } from '../setup/prepare.mjs';
import { createProgress, formatDuration } from '../setup/progress.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { startVirtualDisplay } from '../setup/virtual-display.mjs';
import { summarise } from './count-results.mjs';
import { testParts } from './test-parts.mjs';

/** @typedef {import('./count-results.mjs').Counts} Counts */
/** @typedef {{ nodePath: string, env: NodeJS.ProcessEnv, progress: import('../setup/progress.mjs').Progress }} Context */

/**
 * Prepares what the named parts need, runs them, and goes on after a failing one. Ends with what failed, a line each,
 * and one plain line: `N passed, N failed`.
 *
 * @param {readonly string[]} names
 * @returns {Promise<number>} exit code
 */
export async function runTestParts(names) {
  const chosen = testParts.filter(({ name }) => names.includes(name));
  const progress = createProgress({ stream: process.stdout });
  /** @type {Counts[]} */
  const all = [];
  // Tests must never touch the library of the person who runs them.
  const home = mkdtempSync(join(tmpdir(), 'longhand-test-'));
  /** @type {import('../setup/virtual-display.mjs').VirtualDisplay | undefined} */
  let virtual;
  try {
    const needsOllama = chosen.some((part) => part.needsOllama);
    const needsWindow = chosen.some((part) => part.needsDisplay);
    const needsServices = chosen.some((part) => part.needsBuild || part.count);
    const { nodePath, env } = await prepare({
      progress,
      level: needsWindow ? 'window' : needsServices ? 'services' : 'tools',
      needsTestParts: needsServices,
      ollamaRun: needsOllama ? 'background' : 'no',
    });
    env['LONGHAND_HOME'] = home;
    // Nor their keyring.
    env['DBUS_SESSION_BUS_ADDRESS'] = 'disabled:';
    if (needsWindow && !hasDisplay()) {
      virtual = await startVirtualDisplay();
      Object.assign(env, virtual.env);
    }
    let isBuilt = false;
    all.push(...(await runBesideEachOther(chosen, { nodePath, env, progress })));
    for (const part of chosen) {
      if (part.besideOthers) continue;
      if (part.needsBuild && !isBuilt) {
        isBuilt = true;
        if (!names.includes('build')) all.push(...(await buildBefore(nodePath, env, progress)));
      }
      const counts = await runPart(part, { nodePath, env, progress });
      all.push(counts);
    }
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    process.stdout.write(`\n${thrown.message}\n`);
    all.push({ passed: 0, failed: 1, skipped: 0 });
  } finally {
    virtual?.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  const failures = all.flatMap((counts) => counts.failures ?? []);
  process.stdout.write(`\n${failures.map((line) => `✗ ${line}\n`).join('')}${summarise(all)}\n`);
  return all.some(({ failed }) => failed > 0) ? 1 : 0;
}

/**
 * The parts that need one core each, as many at once as there are cores.
 *
 * @param {readonly import('./test-parts.mjs').TestPart[]} chosen
 * @param {Context} context
 * @returns {Promise<Counts[]>}
 */
async function runBesideEachOther(chosen, context) {
  const waiting = chosen.filter(({ besideOthers }) => besideOthers).values();
  /** @type {Counts[]} */
  const all = [];
  const lanes = Array.from({ length: availableParallelism() }, async () => {
    for (const part of waiting) all.push(await runPart(part, context));
  });
  await Promise.all(lanes);
  return all;
}

/**
 * @param {import('./test-parts.mjs').TestPart} part
 * @param {Context} context
 * @returns {Promise<Counts>}
 */
async function runPart(part, { nodePath, env, progress }) {
  const reportFile = join(projectRoot, 'test-results', `${part.name}.json`);
  mkdirSync(join(reportFile, '..'), { recursive: true });
  rmSync(reportFile, { force: true });
  /** @type {NodeJS.ProcessEnv} */
  const childEnv = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile, NO_COLOR: '1' };
  let output = '';
  /** @type {unknown} */
  let failure;
  if (part.needsOllama) {
    try {
      childEnv['LONGHAND_OLLAMA'] = (await waitForOllama(nodePath, progress)).path;
    } catch (thrown) {
      failure = thrown;
    }
  }
  const step = progress.start(part.title);
  const startedAt = Date.now();
  for (const command of failure === undefined ? part.commands(reportFile) : []) {
    try {
      await runCommand(nodePath, command, {
        cwd: projectRoot,
        env: childEnv,
        timeoutMs: part.timeoutMs,
        onLine: (line) => {
          output += `${line}\n`;
          step.note(line.trim().slice(0, 80));
        },
      });
    } catch (thrown) {
      failure = thrown;
    }
  }
  const report = part.count && readJson(reportFile);
  /** @type {Counts} */
  const counts =
    report && part.count ? part.count(report) : { passed: failure ? 0 : 1, failed: 0, skipped: 0 };
  // Whatever the report says: a command that failed is at least one failure.
  if (failure !== undefined && counts.failed === 0) counts.failed = 1;
  if (part.count && !report && failure === undefined) counts.passed = 0;

  const took = formatDuration(Date.now() - startedAt);
  if (counts.failed === 0) step.finish(`${part.title}: ${summarise([counts])}`);
  else {
    step.fail(`${part.title}: ${summarise([counts])} (${took})`);
    process.stdout.write(indent(output || (failure instanceof Error ? `${failure.message}\n` : '')));
  }
  const failures = (counts.failures ?? []).map((line) => `${part.title}: ${line}`);
  return { ...counts, failures: counts.failed > 0 && failures.length === 0 ? [part.title] : failures };
}

/**
 * The parts that were chosen start the built app, and the build is not among them.
 *
 * @param {string} nodePath
 * @param {NodeJS.ProcessEnv} env
 * @param {import('../setup/progress.mjs').Progress} progress
 * @returns {Promise<Counts[]>} a failure, if it failed
 */
async function buildBefore(nodePath, env, progress) {
  const step = progress.start('Build');
  try {
    await runCommand(nodePath, [join('scripts', 'build.mjs')], { cwd: projectRoot, env });
    step.finish('Build: up to date');
    return [];
  } catch (thrown) {
    step.fail('Build: failed');
    process.stdout.write(`${indent(thrown instanceof Error ? thrown.message : String(thrown))}\n`);
    return [{ passed: 0, failed: 1, skipped: 0, failures: ['Build'] }];
  }
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^(?=.)/gm, '    ');
}
