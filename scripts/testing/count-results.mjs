/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
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
  return { passed: expected + flaky, failed: unexpected + (unexpected === 0 ? loose : 0), skipped };
}

/**
 * The one plain line that closes a run.
 *
 * @param {readonly Counts[]} all
 */
export function summarise(all) {
  const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
