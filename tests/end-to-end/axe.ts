import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What the accessibility check finds on the screen that is shown; empty where it is fine. */
export async function findViolations(page: Page): Promise<string[]> {
  await untilAtRest(page);
  // Electron has no way to open the second page that the newer mode wants.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** What is half faded in has too little contrast for a moment. What pulses for as long as work goes on is at rest. */
async function untilAtRest(page: Page): Promise<void> {
  await page.evaluate(waitForAnimations);
}

/** Run in the page. One that is cancelled together with its element has ended too. */
const waitForAnimations = `Promise.allSettled(
  document
    .getAnimations()
    .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)))
    .map(({ finished }) => finished),
).then(() => undefined)`;
