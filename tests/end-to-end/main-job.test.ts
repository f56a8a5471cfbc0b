import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { answerSaveDialog } from './native-dialogs.ts';
import { openPlace, readAssets, waitForServices } from './window.ts';

test.describe('at the very first start', () => {
  test.use({ isFirstStart: true });

  test('a newcomer sees a real recording transcribed and queued for review', async ({ launch }) => {
    const { page } = await launch();
    await openPlace(page, 'Library');
    await expect(page.getByText('Sample').first()).toBeVisible();

    await openPlace(page, 'Review');
    await expect(page.getByRole('status').filter({ hasText: '1 item to review' })).toBeVisible();
    await expect(page.getByText(/your country/).first()).toBeVisible();
  });
});

test('the keyboard alone is enough to review', async ({ launch }) => {
  const { page } = await launch();
  await openPlace(page, 'Review');
  await expect(page.getByText(/your country/).first()).toBeVisible();

  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { name: 'Nothing waits for you' })).toBeVisible();
  await expect.poll(() => readAssets(page)).toMatchObject([{ status: 'approved', isSample: true }]);
});

test('a click on a word jumps there, and an edit of the text can be undone', async ({ launch }) => {
  const { page } = await launch();
  await openPlace(page, 'Review');
  await expect(page.getByText(/your country/).first()).toBeVisible();
  await page.keyboard.press('e');

  const transcript = page.getByRole('region', { name: 'Transcript' });
  const word = transcript.locator('[data-start]', { hasText: /^country/ }).first();
  const startMs = Number(await word.getAttribute('data-start'));
  expect(startMs).toBeGreaterThan(0);
  await word.click();
  const position = page.getByRole('slider', { name: 'Position' }).first();
  await expect.poll(async () => Number(await position.getAttribute('aria-valuenow'))).toBeGreaterThan(0);

  await word.dblclick();
  const editor = page.getByRole('textbox', { name: 'Text' });
  await editor.fill('Words of my own.');
  await editor.press('Enter');
  await expect(transcript.getByText('Words of my own.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(transcript.getByText('Words of my own.')).toBeHidden();
  await expect(transcript.getByText(/country/).first()).toBeVisible();
});

test('words of a transcript are found from the library, and the transcript is exported', async ({
  launch,
  dataFolder,
}) => {
  const { page, electron } = await launch();
  await openPlace(page, 'Review');
  await expect(page.getByText(/your country/).first()).toBeVisible();

  await openPlace(page, 'Library');
  await page.getByRole('searchbox', { name: 'Search titles and transcripts' }).fill('americans');
  await page
    .getByText(/fellow/)
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Transcript' })).toBeVisible();

  const target = join(dataFolder, 'exported.srt');
  await answerSaveDialog(electron, target);
  await page.getByRole('button', { name: /Export/ }).click();
  await page.getByRole('menuitem', { name: /SubRip|SRT/ }).click();
  await expect.poll(() => readFile(target, 'utf8').catch(() => '')).toMatch(/^1\r?\n00:00:0\d,\d{3} --> /);
});

test('the sample is removed in one click, and does not come back', async ({ launch }) => {
  const first = await launch();
  await openPlace(first.page, 'Review');
  await expect(first.page.getByText(/your country/).first()).toBeVisible();
  await openPlace(first.page, 'Library');
  await first.page
    .getByRole('button', { name: /Remove (the )?sample/ })
    .first()
    .click();
  await expect.poll(() => readAssets(first.page)).toEqual([]);
  await first.quit();

  const second = await launch();
  // Whoever offers the sample has had every chance to.
  await waitForServices(second.page);
  await openPlace(second.page, 'Library');
  await expect(second.page.getByRole('button', { name: /Add|Choose/ }).first()).toBeVisible();
  await expect.poll(() => readAssets(second.page)).toEqual([]);
});
