import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { existsSync, readFileSync } from 'node:fs';
import { logAttachment } from './attach-log.ts';

const mostReports = 3;
const mostSnapshotLines = 40;
const mostLogLines = 16;
const mostCharacters = 240;

/**
 * Prints what the first failures looked like: the window as assistive technology sees it, and the last lines of the
 * app's log. Where only the output of a run is kept, this is all there is to go by.
 */
export default class ReportFailures implements Reporter {
  #count = 0;

  onTestEnd(test: TestCase, { status, attachments }: TestResult): void {
    if (status === test.expectedStatus || status === 'skipped' || this.#count === mostReports) return;
    this.#count += 1;
    const lines = [`The window when “${test.title}” failed:`];
    for (const { name, path } of attachments) {
      if (name === 'error-context' && path !== undefined) lines.push(...readSnapshot(path));
    }
    for (const { name, body } of attachments) {
      if (!name.startsWith(logAttachment) || body === undefined) continue;
      lines.push(`The ${name}:`, ...body.toString('utf8').split('\n').slice(-mostLogLines));
    }
    process.stdout.write(`${lines.map((line) => `      ${line.slice(0, mostCharacters)}`).join('\n')}\n`);
  }
}

/** The part of Playwright's file that shows the page; the rest is in the output already. */
function readSnapshot(path: string): string[] {
  if (!existsSync(path)) return [];
  const [, , snapshot = ''] =
    /# Page snapshot\s+(```\w*\n)?([\s\S]*?)(?:```|$)/.exec(readFileSync(path, 'utf8')) ?? [];
  const lines = snapshot.trimEnd().split('\n');
  const left = lines.length - mostSnapshotLines;
  return left > 0 ? [...lines.slice(0, mostSnapshotLines), `… and ${left} more lines`] : lines;
}
