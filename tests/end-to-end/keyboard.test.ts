import type { Locator, Page } from '@playwright/test';
import { join } from 'node:path';
import { makeSpeech } from '../fixtures/make-speech.ts';
import { expect, test } from './app.ts';
import { connectNotebook } from './chat-window.ts';
import { answerOpenDialog } from './native-dialogs.ts';
import { openPlace, readAssets, waitUntilReady } from './window.ts';

test('the main job needs no mouse: a recording is added, reviewed, and a post about it is written and scheduled', async ({
  launch,
  dataFolder,
}) => {
  const { page, electron } = await launch();
  await waitUntilReady(page, 'api');
  await connectNotebook(page);
  const recording = join(dataFolder, 'Harbour.wav');
  await makeSpeech(recording, 8_000);
  await answerOpenDialog(electron, [recording]);
  await page.keyboard.press('Control+o');

  await page.keyboard.press('Control+3');
  const queue = page.getByRole('region', { name: 'Recordings to review' });
  const harbour = queue.getByRole('button', { name: /Harbour/ });
  await expect(harbour).toBeVisible();
  // The newest stands first. What was there before it is still in hand, or it came before the screen did.
  await page.keyboard.press('k');
  await expect(harbour).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('e');
  await expect(page.getByRole('region', { name: 'Transcript' })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Approve', exact: true }));
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await readAssets(page))?.find(({ isSample }) => !isSample)?.status)
    .toBe('approved');

  await tabTo(page, page.getByRole('button', { name: 'Write a post', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeFocused();
  await page.keyboard.type('The harbour was quiet');
  await tabTo(page, page.getByRole('button', { name: 'Notebook', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('textbox', { name: 'When, in words' }));
  await page.keyboard.type('tomorrow at 9');
  await page.keyboard.press('Control+Shift+Enter');
  const receipts = page.getByRole('list', { name: 'Receipts' });
  await expect(receipts.getByText('Scheduled', { exact: true })).toBeVisible();
});

test('“Go to anything” marks what fits best, for every text anew', async ({ launch }) => {
  const { page } = await launch();
  await openPlace(page, 'Review');
  await expect(page.getByText(/your country/).first()).toBeVisible();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Go to anything' });
  const marked = page.getByRole('option', { selected: true });
  await expect(marked).toHaveText(/Sample/);
  await field.fill('country');
  await expect(marked).toHaveText(/your country/);
  await field.press('ArrowDown');
  await field.fill('cal');
  await expect(marked).toHaveText('Calendar');
  await field.press('Enter');
  await expect(page).toHaveURL(/#\/calendar/);

  const draft = await page.evaluate(() =>
    globalThis.longhand.commands.saveDraft({ content: { parts: [{ text: 'Rain on the roof' }] } }),
  );
  expect(draft).toMatchObject({ ok: true });
  await page.keyboard.press('Control+k');
  await field.fill('on the roof');
  await expect(marked).toHaveText(/Rain on the roof.*Draft/);
  await field.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue('Rain on the roof');
});

/** Moves the focus on until it is there, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeEnabled();
  for (let step = 0; step < 80; step += 1) {
    if ((await page.locator(':focus').and(target).count()) > 0) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the focus never reached ${String(target)}`);
}
