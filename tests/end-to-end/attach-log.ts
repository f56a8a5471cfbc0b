import type { TestInfo } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeDataFolder } from '../../src-node/data-folder.ts';
import { readRecentLogLines } from '../../src-node/logger.ts';

export const logAttachment = 'log of the app';
const keptLines = 16;

/** Keeps what the app's processes wrote last, if the test has failed: its folder goes with the test. */
export async function attachLogOfFailure(testInfo: TestInfo, dataFolder: string): Promise<void> {
  const { logsFolder } = describeDataFolder(dataFolder);
  if (testInfo.status === testInfo.expectedStatus || !existsSync(logsFolder)) return;
  const lines = await readRecentLogLines(logsFolder, { maxLines: keptLines });
  const body = lines.map((line) => JSON.stringify(line)).join('\n');
  await testInfo.attach(join(logAttachment, dataFolder), { body, contentType: 'text/plain' });
}
