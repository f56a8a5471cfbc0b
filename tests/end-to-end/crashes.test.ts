import { copyFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { AssetSummary } from '../../src-shared/domain/asset.ts';
import { makeSpeech } from '../fixtures/make-speech.ts';
import { expect, test } from './app.ts';
import { answerOpenDialog } from './native-dialogs.ts';
import { openPlace, readAssets, waitForServices, waitUntilReady } from './window.ts';

const sample = join(import.meta.dirname, '..', '..', 'resources', 'sample-jfk.flac');

test.describe('at the very first start', () => {
  test.use({ isFirstStart: true });

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
});

test('work goes on by itself after everything was killed at once', async ({ launch, dataFolder }) => {
  const { path: speech } = await makeSpeech(join(dataFolder, 'speech.wav'), 240_000);
  const first = await launch();
  await answerOpenDialog(first.electron, [speech]);
  await first.page.getByRole('button', { name: 'Add media' }).click();
  await first.page.getByRole('menuitem', { name: /Files/ }).click();
  await expect
    .poll(async () => (await findRecording(first.page))?.currentStep?.step, { intervals: [100] })
    .toBe('transcribe');
  await first.kill(await waitForServices(first.page));

  const second = await launch();
  await expect.poll(async () => (await findRecording(second.page))?.status).toBe('review');
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

  // Whole at once, however slowly it is made.
  const { path: speech } = await makeSpeech(join(dataFolder, 'episode.wav'), 15_000);
  await rename(speech, join(watched, 'episode.wav'));
  await copyFile(sample, join(watched, 'the sample again.flac'));
  await expect
    .poll(() => page.evaluate(() => globalThis.longhand.commands.listWatchFolders({})))
    .toMatchObject({ value: { folders: [{ importedCount: 2 }] } });
  await expect.poll(async () => (await findRecording(page))?.status).toBe('review');
  // The second copy of the sample is an asset for as long as nobody has read what is in it.
  await expect.poll(async () => (await readAssets(page))?.length).toBe(2);
});

/** The one asset that is not the sample. */
async function findRecording(page: Page): Promise<AssetSummary | undefined> {
  return (await readAssets(page))?.find(({ isSample }) => !isSample);
}
