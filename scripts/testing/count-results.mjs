import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} [failures] what failed, a line each, with the first line of why
 */

/**
 * @param {any} report vitest's JSON
 * @returns {Counts}
 */
export function countVitest(report) {
  // A file that cannot be loaded has no tests, but it failed all the same.
  const brokenFiles = (report.testResults ?? []).filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    failures: listVitestFailures(report),
  };
}

/**
 * @param {any} report Playwright's JSON
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  // Errors outside of tests, for example a file that cannot be loaded.
  const loose = (report.errors ?? []).length;
  return {
    passed: expected + flaky,
    failed: unexpected + (unexpected === 0 ? loose : 0),
    skipped,
    failures: listPlaywrightFailures(report),
  };
}

/**
 * The one plain line that closes a run.
 *
 * @param {readonly Counts[]} all
 */
export function summarise(all) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    all.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @param {any} report vitest's JSON */
function listVitestFailures(report) {
  return (report.testResults ?? []).flatMap((/** @type {any} */ file) => {
    if (file.status !== 'failed') return [];
    const failed = file.assertionResults.filter((/** @type {any} */ { status }) => status === 'failed');
    // It could not be loaded, or prepared.
    if (failed.length === 0) return [`${file.name}: ${firstLine(file.message)}`];
    return failed.map((/** @type {any} */ test) => `${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
}

/** @param {any} report Playwright's JSON */
function listPlaywrightFailures(report) {
  const specs = (/** @type {any} */ suite) => [
    ...(suite.specs ?? []),
    ...(suite.suites ?? []).flatMap(specs),
  ];
  const failed = (report.suites ?? []).flatMap(specs).filter((/** @type {any} */ { ok }) => !ok);
  const tests = failed.map((/** @type {any} */ { title, tests: [test] }) => {
    const [error] = (test?.results ?? []).flatMap((/** @type {any} */ { errors }) => errors);
    return `${title}: ${firstLine(error?.message)}`;
  });
  return [...tests, ...(report.errors ?? []).map((/** @type {any} */ { message }) => firstLine(message))];
}

/** @param {string | undefined} text */
function firstLine(text = '') {
  return stripVTControlCharacters(text).split('\n', 1)[0] ?? '';
}
