import type { Page } from '@playwright/test';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { findViolations } from './axe.ts';
import { answers, askForPlan, connectNotebook, expect, messageBox, say, test } from './chat-window.ts';
import { openPlace, waitForServices, waitUntilReady } from './window.ts';

test('what an answer is written with can do nothing: no HTML, no picture from elsewhere, no address but of the web', async ({
  launch,
  runtime,
}) => {
  const asked: string[] = [];
  const elsewhere = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  runtime.converseWith((reply) => {
    reply.say(
      [
        `Before <img src="${address}/html.png" onerror="window.isHurt = true"> it.`,
        `<iframe src="${address}/frame"></iframe><script>window.isHurt = true</script>`,
        `<form action="${address}/form"><button>Press</button></form>`,
        `![a chart](${address}/picture.png)`,
        '![another](data:image/svg+xml;base64,PHN2Zy8+)',
        '[run this](javascript:window.isHurt=true) and [open that](file:///etc/passwd)',
        `[a page](${address}/page)`,
        'And the **end**.',
      ].join('\n\n'),
    );
    reply.end();
  });
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await waitUntilReady(page, 'api');
  await openPlace(page, 'Chat');
  await say(page, 'Tell me a story');
  const answer = answers(page);
  await expect(answer.locator('strong')).toHaveText('end');
  await expect(answer).toHaveAttribute('aria-busy', 'false');

  await expect(answer.locator('img, iframe, script, form, object, embed, style, video, audio')).toHaveCount(
    0,
  );
  await expect(answer.getByText('run this')).toBeVisible();
  const links = await answer.getByRole('link').allTextContents();
  // A picture from elsewhere is a link, which asks before it opens.
  expect(links).toEqual(['a chart', 'a page']);
  await answer.getByRole('link', { name: 'a chart' }).click();
  const question = page.getByRole('dialog', { name: 'Open this page?' });
  await expect(question).toContainText(`${address}/picture.png`);
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => 'isHurt' in globalThis)).toBe(false);
  expect(asked).toEqual([]);
  elsewhere.close();
});

test('a conversation is renamed, found, branched and deleted, and says what goes before the model', async ({
  launch,
  runtime,
}) => {
  runtime.setModels([{ name: 'scripted:latest', contextTokens: 2048 }]);
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await waitUntilReady(page, 'api');
  await openPlace(page, 'Chat');
  await say(page, 'Tell me a story of lighthouses');
  await expect(answers(page)).toContainText('They are asked to give');
  const list = page.getByRole('region', { name: 'All conversations' });

  await list.getByRole('link', { name: /lighthouses/ }).press('F2');
  const renaming = page.getByRole('dialog', { name: 'Rename the conversation' });
  await renaming.getByRole('textbox').fill('Harbour');
  await renaming.getByRole('button', { name: 'Rename' }).click();
  await expect(list.getByRole('link', { name: /Harbour/ })).toBeVisible();

  // Found by what was said in it, though its name says nothing of it.
  const search = page.getByRole('searchbox', { name: 'Search conversations' });
  await search.fill('nothing of the kind');
  await expect(list.getByRole('link')).toHaveCount(0);
  await search.fill('lightho');
  await expect(list.getByRole('link', { name: /Harbour.*lighthouses/ })).toBeVisible();
  await search.fill('');

  // What does not fit is said before it is sent, part by part.
  await say(page, 'A rather long story of the sea. '.repeat(120));
  await expect(answers(page)).toHaveCount(2);
  await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
  await say(page, 'Another long story of the sea. '.repeat(60));
  await expect(answers(page)).toHaveCount(3);
  await expect(answers(page).last()).toHaveAttribute('aria-busy', 'false');
  await messageBox(page).fill('And then?');
  await page.getByRole('button', { name: /^What goes in: .*, not everything fits$/ }).click();
  const parts = page.getByRole('list', { name: 'What goes in' });
  await expect(parts.getByText('left out', { exact: true }).first()).toBeVisible();
  await expect(parts).toContainText('stays in the conversation');
  await page.keyboard.press('Escape');
  await messageBox(page).fill('');

  await answers(page).first().hover();
  await answers(page).first().getByRole('button', { name: 'Branch from here' }).click();
  await expect(answers(page)).toHaveCount(1);
  await expect(list.getByRole('link')).toHaveCount(2);

  await list
    .getByRole('link', { name: /^Harbour/ })
    .first()
    .press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(list.getByRole('link')).toHaveCount(1);
});

test('an answer goes on while the window is closed, and stands there when it is opened again', async ({
  launch,
  runtime,
}) => {
  let goOn = (): void => undefined;
  const isClosed = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  runtime.converseWith(async (reply) => {
    reply.say('Begun');
    await isClosed;
    reply.say(' and ended.');
    reply.end();
  });
  const { page, electron } = await launch({ OLLAMA_HOST: runtime.address });
  await waitForServices(page);
  await openPlace(page, 'Chat');
  await say(page, 'Tell me a story');
  await expect(answers(page)).toContainText('Begun');
  const isShown = () =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(isShown).toBe(false);
  goOn();
  await expect.poll(() => runtime.openCount()).toBe(0);
  await electron.evaluate(({ app }) => app.emit('activate'));
  await expect.poll(isShown).toBe(true);
  await expect(answers(page)).toContainText('Begun and ended.');
  await expect(answers(page)).toHaveAttribute('aria-busy', 'false');
});

test('a plan is laid out on the calendar as ghosts, and one button makes posts of all of it', async ({
  launch,
  runtime,
}) => {
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await askForPlan(page);
  await page.getByRole('button', { name: 'See it in the calendar' }).click();
  const plan = page.getByRole('region', { name: 'Plan' });
  await expect(plan.getByRole('status')).toContainText('3 posts, nothing of it is scheduled');
  // The first day is in sight, whatever month the others are in.
  const ghosts = page.getByRole('button', { name: /, Only laid out, / });
  await expect(ghosts.first()).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  expect(await readStates(page)).toEqual([]);

  await plan.getByRole('button', { name: 'Schedule 3 posts' }).click();
  await expect(plan.getByRole('status')).toContainText('is scheduled.');
  await expect(ghosts).toHaveCount(0);
  await expect(page.getByRole('button', { name: /, Scheduled, / }).first()).toBeVisible();
  expect(await readStates(page)).toEqual(['waiting', 'waiting', 'waiting']);
  await plan.getByRole('button', { name: 'Hide' }).click();
  await expect(plan).toHaveCount(0);
  await openPlace(page, 'Chat');
  await expect(answers(page)).toContainText('Scheduled as a whole');
});

test('captions, ideas and reasons are had by buttons where they belong', async ({ launch, runtime }) => {
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await waitUntilReady(page, 'api');
  await connectNotebook(page);
  await openPlace(page, 'Calendar');
  await page.getByRole('button', { name: 'New post' }).click();
  await page.getByRole('button', { name: 'Notebook', exact: true }).click();
  const text = page.getByRole('textbox', { name: 'Text' });
  await text.fill('Small boats');
  await page.getByRole('button', { name: 'Suggest captions' }).click();
  const captions = page.getByRole('dialog', { name: 'Captions' });
  await captions.getByRole('button', { name: 'Draft captions' }).click();
  await captions
    .getByRole('button', { name: /^Use: alternative 1/ })
    .first()
    .click();
  await expect(captions).toHaveCount(0);
  await expect(text).toHaveValue('text of number 1');

  await page.getByRole('textbox', { name: 'When, in words' }).fill('tomorrow at 9');
  await page.keyboard.press('Control+Shift+Enter');
  await expect(page.getByRole('list', { name: 'Receipts' })).toBeVisible();
  await page.getByRole('button', { name: 'What happened?' }).click();
  const why = page.getByRole('dialog', { name: 'What happened' });
  await expect(why).toContainText(/It is not due yet|work engine/);
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await openPlace(page, 'Library');
  await page
    .getByText(/Kennedy/)
    .first()
    .click();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Ideas…' }).click();
  const ideas = page.getByRole('dialog', { name: 'Ideas' });
  await ideas.getByRole('textbox').fill('A podcast about small boats');
  await ideas.getByRole('button', { name: 'Get ideas' }).click();
  await expect(ideas.getByRole('button', { name: /^Turn .* into a draft$/ }).first()).toBeVisible();
});

async function readStates(page: Page): Promise<string[]> {
  const listed = await page.evaluate(() => globalThis.longhand.commands.listPosts({}));
  if (!listed.ok) throw new Error(listed.error.userMessage);
  return listed.value.posts.map(({ state }) => state);
}
