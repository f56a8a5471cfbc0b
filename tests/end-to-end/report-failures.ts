import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { evidence } from './keep-evidence.ts';

const mostReports = 3;
const mostCharacters = 240;

/** Prints what was kept of the first failures: where only the output of a run is kept, it is all there is to go by. */
export default class ReportFailures implements Reporter {
  #count = 0;

  onTestEnd(_test: TestCase, { attachments }: TestResult): void {
    for (const { name, body } of attachments) {
      if (name !== evidence || body === undefined || this.#count === mostReports) continue;
      this.#count += 1;
      const lines = JSON.parse(body.toString('utf8')) as string[];
      process.stdout.write(`${lines.map((line) => `      ${line.slice(0, mostCharacters)}`).join('\n')}\n`);
    }
  }
}
