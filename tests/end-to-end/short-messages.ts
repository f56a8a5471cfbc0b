import type { Locator, Page } from '@playwright/test';
import { expect, type RunningApp } from './app.ts';
import { findViolations } from './axe.ts';

/** With the names of the sidebar, and without. */
const sizes = [
  { width: 900, height: 700 },
  { width: 1280, height: 800 },
] as const;

/** Longer than a message stays: where it is gone, the step is done once more. */
const stayMs = 10_000;
/** Like the limits of playwright.config.ts it only ends what hangs. */
const patienceMs = 180_000;

/** Does what leads to a message, and gives the words by which that one is told from those of earlier tries. */
type Cause = () => Promise<string | RegExp>;

/**
 * Does what leads to a message and puts the pointer on it: under that it stays. It is gone after seconds, so a computer
 * that is too busy meanwhile gets another try.
 */
export async function holdMessage(page: Page, cause: Cause): Promise<Locator> {
  let message = messagesOf(page);
  await expect(async () => {
    // One that follows under the pointer would not be held.
    await expect(messagesOf(page)).toHaveCount(0);
    message = messagesOf(page).filter({ hasText: await cause() });
    await message.hover({ timeout: stayMs });
  }).toPass({ timeout: patienceMs });
  return message;
}

/** It stands over nothing that can be read or used, is read out, and goes by its button or by itself. */
export async function expectHarmlessMessage(
  { page, electron }: Pick<RunningApp, 'page' | 'electron'>,
  cause: Cause,
): Promise<void> {
  for (const size of sizes) {
    await electron.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, size);
    await expect.poll(() => page.evaluate('window.innerWidth')).toBe(size.width);
    const message = await holdMessage(page, cause);
    await expect(layerOf(page)).toHaveAttribute('aria-live', 'polite');
    expect(await findViolations(page)).toEqual([]);
    expect(await page.evaluate(listCovered)).toEqual([]);
    await message.getByRole('button', { name: 'Close' }).click();
    await expect(message).toHaveCount(0);
  }
  const message = await holdMessage(page, cause);
  await page.mouse.move(0, 0);
  await expect(message).toHaveCount(0);
}

function layerOf(page: Page): Locator {
  return page.getByRole('region', { name: /^Notifications/ });
}

function messagesOf(page: Page): Locator {
  return layerOf(page).getByRole('listitem');
}

/** Run in the page: what the messages lie upon of the screen, and of the controls and words beside it. */
const listCovered = `(() => {
  const covered = new Set();
  const hasWordsAt = (element, x, y) =>
    [...element.childNodes].some((node) => {
      if (node.nodeType !== Node.TEXT_NODE) return false;
      const range = document.createRange();
      range.selectNode(node);
      return [...range.getClientRects()].some(
        ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom,
      );
    });
  const layer = document.querySelector('section[aria-label^="Notifications"]');
  const places = [...layer.querySelectorAll('li')].map((message) => message.getBoundingClientRect());
  layer.style.visibility = 'hidden';
  for (const { left, top, right, bottom } of places) {
    for (let x = left; x <= right; x += 4) {
      for (let y = top; y <= bottom; y += 4) {
        const element = document.elementFromPoint(x, y);
        const control = element?.closest('main > *, a, button, input, select, textarea, [tabindex="0"]');
        if (control || (element && hasWordsAt(element, x, y)))
          covered.add((control ?? element).outerHTML.slice(0, 200));
      }
    }
  }
  layer.style.visibility = '';
  return [...covered];
})()`;
