import type { Locator, Page } from '@playwright/test';
import { openScriptedRuntime, type ScriptedRuntime } from '../fixtures/scripted-runtime-server.ts';
import { expect, test as base } from './app.ts';
import { fillSchema } from './fill-schema.ts';
import { openPlace, waitUntilReady } from './window.ts';

export const test = base.extend<{ runtime: ScriptedRuntime }>({
  /** Says what a test needs to be said word for word; what is structured it fills in as the schema asks. */
  runtime: async ({}, use) => {
    const runtime = await openScriptedRuntime();
    runtime.answerWith((reply, { format }) => {
      reply.say(
        format === undefined ? 'They are asked to **give** [1].' : JSON.stringify(fillSchema(format)),
      );
      reply.end();
    });
    await use(runtime);
    await runtime.kill();
  },
});

export { expect };

export const messageBox = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });
export const answers = (page: Page): Locator => page.getByRole('article', { name: 'Answer' });

/** Sends a message, once the answer before it has come to its end. */
export async function say(page: Page, text: string): Promise<void> {
  await messageBox(page).fill(text);
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await messageBox(page).press('Enter');
}

export async function waitForSample(page: Page): Promise<void> {
  await openPlace(page, 'Review');
  await expect(page.getByText(/your country/).first()).toBeVisible();
}

/** A post that is asked for in words, up to the proposal that waits for an answer. */
export async function openProposal(page: Page): Promise<Locator> {
  await waitUntilReady(page, 'api');
  await connectNotebook(page);
  await openPlace(page, 'Chat');
  await say(page, 'Schedule a post "The boat floats." for tomorrow at 9:00');
  const proposal = page.getByRole('group', { name: /^Proposal/ });
  await expect(proposal.getByText('The boat floats.')).toBeVisible();
  return proposal;
}

/** A plan of three posts for one account, as the chat shows it. */
export async function askForPlan(page: Page): Promise<void> {
  await waitUntilReady(page, 'api');
  await connectNotebook(page);
  await openPlace(page, 'Chat');
  await say(page, 'Plan a campaign of three posts about the winter menu');
}

export async function connectNotebook(page: Page): Promise<void> {
  const connected = await page.evaluate(() =>
    globalThis.longhand.commands.connectManualAccount({
      service: 'other',
      handle: 'notebook',
      name: 'Notebook',
    }),
  );
  expect(connected).toMatchObject({ ok: true });
}
