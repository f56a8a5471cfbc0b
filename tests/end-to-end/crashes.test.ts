import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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
  const { path: speech } = await makeSpeech(join(dataFolder, 'speech.wav'), 120_000);
  const first = await launch();
  await answerOpenDialog(first.electron, [speech]);
  await first.page.getByRole('button', { name: 'Add media' }).click();
  await first.page.getByRole('menuitem', { name: /Files/ }).click();
  await expect
    .poll(async () =>
      (await readAssets(first.page)).some(
        ({ isSample, currentStep }) =>
          !isSample && currentStep?.step === 'transcribe' && currentStep.state === 'running',
      ),
    )
    .toBe(true);

  const pids = await Promise.all(
    (['api', 'worker', 'temporal'] as const).map((name) => waitUntilReady(first.page, name)),
  );
  const ended = first.electron.waitForEvent('close');
  for (const pid of [first.electron.process().pid, ...pids])
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await ended;

  const second = await launch();
  await expect
    .poll(async () => (await readAssets(second.page)).find(({ isSample }) => !isSample)?.status, {
      timeout: 150_000,
    })
    .toBe('review');
});

test('a file that came into a watched folder is ingested without another click', async ({
  launch,
  dataFolder,
}) => {
  const watched = join(dataFolder, 'recordings');
  await mkdir(watched);
  const { page, electron } = await launch();
  await openPlace(page, 'Review');
  await expect(page.getByText(/your country/).first()).toBeVisible();
  await page.keyboard.press('a');

  await answerOpenDialog(electron, [watched]);
  await openPlace(page, 'Settings');
  await page.getByRole('link', { name: /folders/i }).click();
  await page
    .getByRole('button', { name: /Watch a folder|Add a folder/ })
    .first()
    .click();
  await expect(page.getByText(watched).first()).toBeVisible();

  await makeSpeech(join(watched, 'episode.wav'), 15_000);
  await copyFile(sample, join(watched, 'again.flac'));
  await expect
    .poll(
      async () =>
        (await readAssets(page))
          .filter(({ isSample }) => !isSample)
          .map(({ status }) => status)
          .sort(),
      {
        timeout: 150_000,
      },
    )
    .toEqual(['duplicate', 'review']);
});
