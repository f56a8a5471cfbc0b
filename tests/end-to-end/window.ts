import { expect, type Page } from '@playwright/test';
import type { AssetSummary } from '../../src-shared/domain/asset.ts';
import type { ProcessName, ProcessStatus } from '../../src-shared/domain/process-status.ts';

type Place = 'Chat' | 'Library' | 'Review' | 'Calendar' | 'Approvals' | 'Activity' | 'Settings';

export async function openPlace(page: Page, place: Place): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: new RegExp(`^${place}`) })
    .click();
  await expect(page.getByRole('link', { name: new RegExp(`^${place}`) })).toHaveAttribute(
    'aria-current',
    'page',
  );
}

/** The library as the window sees it; empty while the api cannot be reached. */
export async function readAssets(page: Page): Promise<AssetSummary[]> {
  const result = await page.evaluate(() => globalThis.longhand.commands.searchLibrary({}));
  return result.ok ? result.value.items : [];
}

export async function readProcess(page: Page, name: ProcessName): Promise<ProcessStatus | undefined> {
  const processes = await page.evaluate(() => globalThis.longhand.readProcesses());
  return processes.find((process) => process.name === name);
}

/** Resolves with the process once it is ready, under another pid than `previousPid` where one is given. */
export async function waitUntilReady(page: Page, name: ProcessName, previousPid?: number): Promise<number> {
  await expect
    .poll(async () => {
      const process = await readProcess(page, name);
      return process?.state === 'ready' && process.pid !== previousPid;
    })
    .toBe(true);
  const pid = (await readProcess(page, name))?.pid;
  if (typeof pid !== 'number') throw new Error(`${name} ended right after it was ready`);
  return pid;
}
