import { expect, type Page } from '@playwright/test';
import type { AssetSummary } from '../../src-shared/domain/asset.ts';
import type { ProcessName, ProcessStatus } from '../../src-shared/domain/process-status.ts';

type Place = 'Chat' | 'Library' | 'Review' | 'Calendar' | 'Approvals' | 'Activity' | 'Settings';

/** The screen itself comes a moment later: what a test does there waits for something of it. */
export async function openPlace(page: Page, place: Place): Promise<void> {
  // Where one comes from may have a link back of the same name.
  const link = page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: new RegExp(`^${place}`) });
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'page');
}

/** The library as the window sees it; null while the api cannot be reached, which is not the same as empty. */
export async function readAssets(page: Page): Promise<AssetSummary[] | null> {
  const result = await page.evaluate(() => globalThis.longhand.commands.searchLibrary({}));
  return result.ok ? result.value.items : null;
}

export async function readProcess(page: Page, name: ProcessName): Promise<ProcessStatus | undefined> {
  const processes = await page.evaluate(() => globalThis.longhand.readProcesses());
  return processes.find((process) => process.name === name);
}

/** Resolves with the process once it is ready, under another pid than `previousPid` where one is given. */
export async function waitUntilReady(page: Page, name: ProcessName, previousPid?: number): Promise<number> {
  const found: { pid: number | null } = { pid: null };
  await expect
    .poll(async () => {
      const process = await readProcess(page, name);
      if (process?.state === 'ready' && process.pid !== previousPid) found.pid = process.pid;
      return found.pid;
    }, `${name} is ready`)
    .not.toBeNull();
  if (found.pid === null) throw new Error(`${name} has no process`);
  return found.pid;
}

/** Resolves with the processes behind the window once all of them are ready, so that they can be killed with it. */
export function waitForServices(page: Page): Promise<number[]> {
  return Promise.all((['api', 'worker', 'temporal'] as const).map((name) => waitUntilReady(page, name)));
}

/** Chooses a theme, and resolves once the window is in it. */
export async function chooseTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await waitUntilReady(page, 'api');
  const chosen = await page.evaluate(
    (name) => globalThis.longhand.commands.updateSettings({ theme: name }),
    theme,
  );
  expect(chosen).toMatchObject({ ok: true });
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}
