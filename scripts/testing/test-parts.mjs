import { join } from 'node:path';
import { countPlaywright, countVitest } from './count-results.mjs';

/**
 * @typedef {object} TestPart
 * @property {string} name for `--only`
 * @property {string} title
 * @property {(reportFile: string) => readonly string[][]} commands what the pinned Node runs, one after another
 * @property {(report: any) => import('./count-results.mjs').Counts} [count] without it the part counts as one test
 * @property {boolean} [besideOthers] only reads, on one core, and waits for nothing: it may run beside others of its kind
 * @property {boolean} [needsBuild]
 * @property {boolean} [needsDisplay]
 * @property {boolean} [needsOllama]
 * @property {number} timeoutMs
 */

/** Tests that need a chat model: they come last, when Ollama had the most time to be built. */
const modelTests = 'model.test.ts';

const minuteMs = 60_000;

/** @param {string} name */
const bin = (name) => join('node_modules', ...name.split('/'));
const typescript = bin('typescript/bin/tsc');

/** In the order in which they run. */
/** @type {readonly TestPart[]} */
export const testParts = [
  // As long as the ones that run beside it are together.
  {
    name: 'lint',
    title: 'Lint',
    besideOthers: true,
    commands: () => [[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
    timeoutMs: 15 * minuteMs,
  },
  {
    name: 'format',
    title: 'Format',
    besideOthers: true,
    commands: () => [[bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
    timeoutMs: 5 * minuteMs,
  },
  {
    name: 'types',
    title: 'Types',
    besideOthers: true,
    commands: () =>
      ['tsconfig.shared.json', 'tsconfig.node.json', 'tsconfig.renderer.json', 'scripts/tsconfig.json'].map(
        (project) => [typescript, '-p', project, '--noEmit'],
      ),
    timeoutMs: 10 * minuteMs,
  },
  {
    name: 'layers',
    title: 'Layers',
    besideOthers: true,
    commands: () => [
      [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', '.'],
    ],
    timeoutMs: 10 * minuteMs,
  },
  {
    name: 'unused',
    title: 'Unused code',
    besideOthers: true,
    commands: () => [[bin('knip/bin/knip.js'), '--no-progress']],
    timeoutMs: 10 * minuteMs,
  },
  vitest({ name: 'unit', title: 'Unit tests', timeoutMs: 60 * minuteMs }),
  // Integration, fault and end-to-end tests start the built programs.
  {
    name: 'build',
    title: 'Build',
    commands: () => [[join('scripts', 'build.mjs')]],
    timeoutMs: 15 * minuteMs,
  },
  vitest({ name: 'integration', title: 'Integration tests', timeoutMs: 120 * minuteMs }),
  vitest({ name: 'replay', title: 'Replay of recorded workflows', timeoutMs: 60 * minuteMs }),
  vitest({ name: 'faults', title: 'Fault tests', timeoutMs: 120 * minuteMs }),
  {
    name: 'end-to-end',
    title: 'End-to-end tests in Electron',
    commands: () => [
      [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json,./tests/end-to-end/report-failures.ts'],
    ],
    count: countPlaywright,
    needsBuild: true,
    needsDisplay: true,
    timeoutMs: 120 * minuteMs,
  },
  {
    name: 'models',
    title: 'Tests with a chat model',
    // One file at a time: there is one model for all.
    commands: (reportFile) => [
      vitestCommand('integration', reportFile, [modelTests, '--no-file-parallelism']),
    ],
    count: countVitest,
    needsBuild: true,
    needsOllama: true,
    timeoutMs: 40 * minuteMs,
  },
];

/** The fast subset for `npm run check`. */
export const checkPartNames = ['format', 'types', 'lint', 'layers', 'unused', 'unit'];

/**
 * @param {{ name: string, title: string, timeoutMs: number }} options
 * @returns {TestPart}
 */
function vitest({ name, title, timeoutMs }) {
  return {
    name,
    title,
    commands: (reportFile) => [vitestCommand(name, reportFile, ['--exclude', `**/*-${modelTests}`])],
    count: countVitest,
    // Integration and fault tests start the built services.
    needsBuild: name === 'integration' || name === 'faults',
    timeoutMs,
  };
}

/**
 * @param {string} project
 * @param {string} reportFile
 * @param {readonly string[]} args
 */
function vitestCommand(project, reportFile, args) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  return [bin('vitest/vitest.mjs'), 'run', '--project', project, '--passWithNoTests', ...reporters, ...args];
}
