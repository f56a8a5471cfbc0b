import type { Page, TestInfo } from '@playwright/test';
import { existsSync } from 'node:fs';
import { describeDataFolder } from '../../src-node/data-folder.ts';
import { readRecentLogLines, type LogLine } from '../../src-node/logger.ts';

/** The name of the attachment that `report-failures.ts` prints. */
export const evidence = 'evidence';
const mostWindowLines = 38;
const mostLogLines = 16;
/** Our own: what the servers beside them say fills any number of lines. */
const processes = ['main', 'api', 'worker'];

/**
 * If the test has failed: keeps the window as assistive technology sees it, and what the app's processes wrote last.
 * Call it before the app is quit, and before its folder goes.
 */
export async function keepEvidence(testInfo: TestInfo, dataFolder: string, page?: Page): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus) return;
  const lines = ['The window:', ...(await readWindow(page)), 'The log:', ...(await readLog(dataFolder))];
  await testInfo.attach(evidence, { body: JSON.stringify(lines), contentType: 'application/json' });
}

/** Without what is the same on every page. */
async function readWindow(page: Page | undefined): Promise<string[]> {
  if (page === undefined || page.isClosed()) return ['- closed'];
  const snapshot = await page
    .locator('body')
    .ariaSnapshot({ timeout: 10_000 })
    .catch((thrown: unknown) => `- cannot be read: ${String(thrown)}`);
  const lines = snapshot
    .replace(/^- navigation "Main":\n(?: .*\n)*/m, '')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('- /url:'));
  const left = lines.length - mostWindowLines;
  return left > 0 ? [...lines.slice(0, mostWindowLines), `… and ${left} more lines`] : lines;
}

async function readLog(dataFolder: string): Promise<string[]> {
  const { logsFolder } = describeDataFolder(dataFolder);
  if (!existsSync(logsFolder)) return [];
  const lines = await readRecentLogLines(logsFolder, { maxLines: 500 });
  return lines
    .filter((line) => processes.includes(line.process ?? ''))
    .slice(-mostLogLines)
    .map(formatLine);
}

function formatLine({ time, level, process, msg, ...rest }: LogLine): string {
  return `${time.slice(11)} ${process ?? ''} ${level}: ${msg ?? ''} ${JSON.stringify(rest)}`;
}
