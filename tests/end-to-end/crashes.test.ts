import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { AssetSummary } from '../../src-shared/domain/asset.ts';
import { makeSpeech } from '../fixtures/make-speech.ts';
import { expect, test } from './app.ts';
import { answerOpenDialog } from './native-dialogs.ts';
import { openPlace, readAssets, waitUntilReady } from './window.ts';

const sample = join(import.meta.dirname, '..', '..', 'resources', 'sample-jfk.flac');

test('each process comes back after kill -9, twice in a row, and the window never blanks', async ({
  launch,
}) => {
  const { page } = await launch();
  for (const name of ['api', 'worker', 'temporal'] as const) {
    let pid = await waitUntilReady(page, name);
    for (let round = 0; round < 2; round += 1) {
      process.kill(pid, 'SIGKILL');
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
      pid = await waitUntilReady(page, name, pid);
    }
  }
  await openPlace(page, 'Review');
  await expect(page.getByText(/your country/).first()).toBeVisible();
});

test('work goes on by itself after everything was killed at once', async ({ launch, dataFolder }) => {
  const { path: speech } = await makeSpeech(join(dataFolder, 'speech.wav'), 240_000);
  const first = await launch();
  await answerOpenDialog(first.electron, [speech]);
  await first.page.getByRole('button', { name: 'Add media' }).click();
  await first.page.getByRole('menuitem', { name: /Files/ }).click();
  await expect
    .poll(async () => (await findRecording(first.page))?.currentStep?.step, {
      intervals: [100],
      timeout: 120_000,
    })
    .toBe('transcribe');

  const pids = await Promise.all(
    (['api', 'worker', 'temporal'] as const).map((name) => waitUntilReady(first.page, name)),
  );
  await first.kill(pids);

  const second = await launch();
  await expect
    .poll(async () => (await findRecording(second.page))?.status, { timeout: 150_000 })
    .toBe('review');
});

test('files that come into a watched folder are ingested by themselves, the same content once', async ({
  launch,
  dataFolder,
}) => {
  const watched = join(dataFolder, 'recordings');
  await mkdir(watched);
  const { page, electron } = await launch();
  await openPlace(page, 'Review');
  await expect(page.getByText(/your country/).first()).toBeVisible();

  await answerOpenDialog(electron, [watched]);
  await openPlace(page, 'Settings');
  await page.getByRole('link', { name: /folders/i }).click();
  await page
    .getByRole('button', { name: /Watch a folder|Add a folder/ })
    .first()
    .click();
  await expect(page.getByText(watched).first()).toBeVisible();

  await makeSpeech(join(watched, 'episode.wav'), 15_000);
  await copyFile(sample, join(watched, 'the sample again.flac'));
  await expect
    .poll(() => page.evaluate(() => globalThis.longhand.commands.listWatchFolders({})), { timeout: 150_000 })
    .toMatchObject({ value: { folders: [{ importedCount: 2 }] } });
  await expect.poll(async () => (await findRecording(page))?.status, { timeout: 150_000 }).toBe('review');
  expect(await readAssets(page)).toHaveLength(2);
});

/** The one asset that is not the sample. */
async function findRecording(page: Page): Promise<AssetSummary | undefined> {
  return (await readAssets(page)).find(({ isSample }) => !isSample);
}
