import type { Locator, Page } from '@playwright/test';
import {
  openScriptedRuntime,
  type ChatScript,
  type ScriptedRuntime,
} from '../fixtures/scripted-runtime-server.ts';
import { expect, test as base } from './app.ts';
import { fillSchema } from './fill-schema.ts';
import { openPlace, waitUntilReady } from './window.ts';

interface ChatRuntime extends ScriptedRuntime {
  /**
   * Answers in conversations from now on. What is asked for in a form is filled in as it asks: the sample, which is
   * described as soon as a model is there, whatever the test is about.
   */
  converseWith: (script: ChatScript) => void;
}

export const test = base.extend<{ runtime: ChatRuntime }>({
  runtime: async ({}, use) => {
    const runtime = await openScriptedRuntime();
    const converseWith = (script: ChatScript): void =>
      runtime.answerWith((reply, body) => {
        if (body.format === undefined) return script(reply, body);
        reply.say(JSON.stringify(fillSchema(body.format)));
        reply.end();
      });
    converseWith((reply) => {
      reply.say('They are asked to **give** [1].');
      reply.end();
    });
    await use({ ...runtime, converseWith });
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
