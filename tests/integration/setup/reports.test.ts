import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { projectFolder } from './sandbox.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  failures?: readonly string[];
}
interface ScriptModules {
  countVitest: (report: object) => Counts;
  countPlaywright: (report: object) => Counts;
  summarise: (all: readonly Counts[]) => string;
  chooseParts: (args: readonly string[], defaults: readonly string[]) => string[];
  createProgress: (options: object) => {
    say: (text: string) => void;
    start: (
      title: string,
      total?: number,
    ) => { update: (done: number) => void; finish: (text?: string) => void };
  };
}

async function load(path: string): Promise<ScriptModules> {
  return (await import(pathToFileURL(join(projectFolder, 'scripts', path)).href)) as ScriptModules;
}

describe('the closing line', () => {
  it('adds up all parts, and names skipped tests only where there are some', async () => {
    const { summarise } = await load('testing/count-results.mjs');
    expect(summarise([{ passed: 2, failed: 1, skipped: 0 }])).toBe('2 passed, 1 failed');
    const all = [
      { passed: 2, failed: 1, skipped: 0 },
      { passed: 1, failed: 0, skipped: 3 },
    ];
    expect(summarise(all)).toBe('3 passed, 1 failed, 3 skipped');
  });

  it('counts a test file that cannot be loaded as a failure', async () => {
    const { countVitest } = await load('testing/count-results.mjs');
    const report = {
      numPassedTests: 4,
      numFailedTests: 0,
      numPendingTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [], name: 'a.test.ts', message: 'no such file\nat a' },
      ],
    };
    const failures = ['a.test.ts: no such file'];
    expect(countVitest(report)).toEqual({ passed: 4, failed: 1, skipped: 1, failures });
  });

  it('is preceded by what failed, and why', async () => {
    const { countVitest, countPlaywright } = await load('testing/count-results.mjs');
    const why = '\u001B[31mError: expected 1\u001B[39m\n  at line 3';
    const assertionResults = [
      { status: 'passed', fullName: 'a post waits', failureMessages: [] },
      { status: 'failed', fullName: 'a post goes out', failureMessages: [why] },
    ];
    const counts = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 0 };
    expect(
      countVitest({ ...counts, testResults: [{ status: 'failed', assertionResults }] }).failures,
    ).toEqual(['a post goes out: Error: expected 1']);
    const specs = [
      { title: 'the window opens', ok: true, tests: [] },
      { title: 'the window closes', ok: false, tests: [{ results: [{ errors: [{ message: why }] }] }] },
    ];
    const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 };
    const suites = [{ specs: [], suites: [{ specs }] }];
    expect(countPlaywright({ stats, suites }).failures).toEqual(['the window closes: Error: expected 1']);
  });

  it('counts a test of the window that passed at the second try as passed, and a loose error as a failure', async () => {
    const { countPlaywright } = await load('testing/count-results.mjs');
    const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats, errors: [] })).toMatchObject({ passed: 4, failed: 0, skipped: 2 });
    expect(countPlaywright({ stats, errors: [{}] })).toMatchObject({ failed: 1 });
  });
});

describe('--only', () => {
  it('chooses parts, and refuses names that are none', async () => {
    const { chooseParts } = await load('testing/choose-parts.mjs');
    expect(chooseParts([], ['unit'])).toEqual(['unit']);
    expect(chooseParts(['--only', 'lint,unit'], [])).toEqual(['lint', 'unit']);
    expect(chooseParts(['--only=lint'], [])).toEqual(['lint']);
    expect(() => chooseParts(['--only', 'lnt'], [])).toThrow(/some of: .*\bformat, types\b.*not lnt/);
  });
});

describe('progress', () => {
  afterEach(() => vi.unstubAllEnvs());

  function record(isTTY: boolean) {
    const state = { text: '', nowMs: 0 };
    const stream = { isTTY, columns: 100, write: (text: string) => (state.text += text) };
    return { state, options: { stream, now: () => state.nowMs } };
  }

  it('draws one bar for each step on a terminal, with size, percent and time left', async () => {
    const { createProgress } = await load('setup/progress.mjs');
    vi.stubEnv('TERM', 'xterm');
    const { state, options } = record(true);
    const step = createProgress(options).start('Temporal', 40_000_000);
    state.nowMs = 10_000;
    step.update(10_000_000);
    expect(state.text).toContain('Temporal [######..................]  25 % 10 MB of 40 MB · 30 s left');
    step.finish('Temporal 1.9.1');
    expect(state.text).toContain('✓ Temporal 1.9.1 (10 s)\n');
  });

  it('writes a line now and then into a log, and no control characters', async () => {
    const { createProgress } = await load('setup/progress.mjs');
    const { state, options } = record(false);
    const step = createProgress(options).start('Temporal', 40_000_000);
    for (state.nowMs = 0; state.nowMs < 25_000; state.nowMs += 100) step.update(state.nowMs * 1_000);
    step.finish();
    expect(state.text.split('\n')).toHaveLength(5);
    expect(state.text).not.toMatch(/[\r\u001B]/);
  });
});
