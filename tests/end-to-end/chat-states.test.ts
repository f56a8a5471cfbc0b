import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../../src-data/database.ts';
import { describeDataFolder } from '../../src-node/data-folder.ts';
import { findViolations } from './axe.ts';
import { answers, askForPlan, expect, messageBox, openProposal, say, test } from './chat-window.ts';
import { openPlace, waitUntilReady } from './window.ts';

test('without a model the chat shows the way out, and what needs none is answered', async ({
  launch,
  runtime,
}) => {
  runtime.setModels([]);
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await waitUntilReady(page, 'api');
  await openPlace(page, 'Chat');
  const offer = page.getByRole('region', { name: 'Get a model to talk with' });
  await expect(offer.getByRole('button', { name: 'Download' }).first()).toBeVisible();

  await say(page, 'What is scheduled?');
  await expect(answers(page)).toContainText('Nothing is planned then.');
  await say(page, 'Tell me a story');
  const refused = answers(page).last().getByRole('alert');
  await expect(refused.getByRole('button', { name: 'Open models' })).toBeVisible();

  // Another program installs a model: the same question is answered.
  runtime.setModels([{ name: 'scripted:latest' }]);
  await refused.getByRole('button', { name: 'Try again' }).click();
  await expect(answers(page).last()).toContainText('They are asked to give');
  await expect(offer).toHaveCount(0);

  // And removes it while it is in use: the next answer says so, and the offer comes back by itself.
  runtime.setModels([]);
  await say(page, 'Tell me another story');
  await expect(answers(page).last().getByRole('alert')).toBeVisible();
  await expect(offer).toBeVisible();
});

test('a model that is too large is refused with the figures and with another one beside it (complaint 20)', async ({
  launch,
  runtime,
}) => {
  runtime.setModels([{ name: 'giant:70b', sizeBytes: 400_000_000_000 }, { name: 'scripted:latest' }]);
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await waitUntilReady(page, 'api');
  await expect
    .poll(() =>
      page.evaluate(() => globalThis.longhand.commands.chooseChatModel({ task: 'chat', name: 'giant:70b' })),
    )
    .toMatchObject({ ok: true });
  await openPlace(page, 'Chat');
  const panel = page.getByRole('region', { name: 'giant:70b is too large for this computer' });
  await expect(panel).toContainText(/It needs about [\d.]+ GB of memory, and this computer has/);
  await say(page, 'Tell me a story');
  const refused = answers(page).last().getByRole('alert');
  await expect(refused).toContainText('Not enough memory for this model');
  // The sample may be described meanwhile, by the model that fits.
  expect(runtime.asked.map(({ model }) => model)).not.toContain('giant:70b');

  await panel.getByRole('button', { name: 'Use scripted:latest' }).click();
  await expect(panel).toHaveCount(0);
  await refused.getByRole('button', { name: 'Try again' }).click();
  await expect(answers(page).last()).toContainText('They are asked to give');
});

test('without a runtime, or with one that hangs, and offline the window works, and the chat says what is missing (complaint 19)', async ({
  launch,
  dataFolder,
  runtime,
}) => {
  const hanging = await launch({ OLLAMA_HOST: runtime.address, LONGHAND_OLLAMA: join(dataFolder, 'none') });
  await openPlace(hanging.page, 'Chat');
  const model = hanging.page.getByRole('button', { name: 'Model: scripted:latest' });
  await expect(model).toBeVisible();
  runtime.fallSilent();
  // The models are read again whenever a setting changes.
  await hanging.page.evaluate(() => globalThis.longhand.commands.updateSettings({ describeModelName: null }));
  await openPlace(hanging.page, 'Library');
  await expect(hanging.page.getByText(/Kennedy/).first()).toBeVisible();
  await openPlace(hanging.page, 'Chat');
  await expect(hanging.page.getByRole('button', { name: 'Open models' })).toBeVisible();
  // It was only busy: it is seen by itself that it answers again.
  runtime.speakAgain();
  await expect(model).toBeVisible();
  await expect(hanging.page.getByRole('button', { name: 'Open models' })).toHaveCount(0);
  await hanging.quit();

  const { electron, page } = await launch({
    OLLAMA_HOST: '127.0.0.1:9',
    LONGHAND_OLLAMA: join(dataFolder, 'none'),
  });
  await waitUntilReady(page, 'api');
  await electron.evaluate(({ session }) => session.defaultSession.enableNetworkEmulation({ offline: true }));
  await page.reload();
  await openPlace(page, 'Chat');
  const panel = page.getByRole('region', { name: 'The local model runtime is not running' });
  await expect(panel.getByRole('button', { name: 'Open models' })).toBeVisible();
  await say(page, 'What is scheduled?');
  await expect(answers(page)).toContainText('Nothing is planned then.');
  await openPlace(page, 'Library');
  await expect(page.getByText(/Kennedy/).first()).toBeVisible();
});

test('an answer that the api was killed in is kept, said to be interrupted, and goes on', async ({
  launch,
  runtime,
  dataFolder,
}) => {
  runtime.converseWith(async (reply) => {
    reply.say('Half of an answer');
    while (!reply.isGone) {
      await delay(300);
      reply.say(' more');
    }
  });
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  const pid = await waitUntilReady(page, 'api');
  await openPlace(page, 'Chat');
  await say(page, 'Tell me a story');
  await expect(answers(page)).toContainText('Half of an answer');
  // Words are saved a moment after they are shown; a kill costs those that are not.
  await expect.poll(() => readSavedWords(dataFolder)).toContain('Half of an answer');
  process.kill(pid, 'SIGKILL');
  await waitUntilReady(page, 'api', pid);
  await expect(answers(page).getByRole('alert')).toContainText('The answer was interrupted');
  await expect(answers(page)).toContainText('Half of an answer');
  runtime.converseWith((reply) => {
    reply.say(' and its end.');
    reply.end();
  });
  await answers(page).getByRole('button', { name: 'Go on where it ended' }).click();
  await expect(answers(page)).toContainText(/Half of an answer(?: more)* and its end\./);
  await expect(answers(page)).toHaveAttribute('aria-busy', 'false');
});

test('a message that is sent while an answer is written goes out when that ends, wherever one looks (complaint 15)', async ({
  launch,
  runtime,
}) => {
  let endAnswer = (): void => undefined;
  let fail = (): void => undefined;
  const countQuestions = (): number => runtime.asked.filter(({ format }) => format === undefined).length;
  runtime.converseWith((reply) => {
    reply.say('It goes on');
    endAnswer = () => reply.end();
    fail = () => reply.breakOff();
  });
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await waitUntilReady(page, 'api');
  await openPlace(page, 'Chat');
  await say(page, 'Tell me a story');
  await expect(answers(page).getByText('It goes on')).toBeVisible();
  const state = page.getByRole('form', { name: 'Write a message' }).getByRole('status');

  await messageBox(page).fill('Tell me another story');
  await messageBox(page).press('Enter');
  await expect(state).toHaveText('Goes out when this answer has ended');
  await expect(messageBox(page)).toHaveValue('Tell me another story');
  expect(await findViolations(page)).toEqual([]);
  // Whoever changes it has to send it again.
  await messageBox(page).press('End');
  await messageBox(page).pressSequentially(' please');
  await expect(state).toBeEmpty();
  await page.getByRole('button', { name: 'Send after this answer' }).click();
  await expect(state).toHaveText('Goes out when this answer has ended');
  await openPlace(page, 'Library');
  endAnswer();
  await expect.poll(countQuestions).toBe(2);
  await openPlace(page, 'Chat');
  await expect(page.getByRole('article', { name: 'You' }).last()).toContainText('another story please');
  await expect(messageBox(page)).toHaveValue('');

  await messageBox(page).fill('And a third');
  await messageBox(page).press('Enter');
  await page.getByRole('button', { name: 'Don’t send' }).click();
  await expect(state).toBeEmpty();
  await messageBox(page).press('Enter');
  fail();
  await expect(state).toHaveText('Not sent, since the answer failed. Enter sends it');
  await expect(messageBox(page)).toHaveValue('And a third');
  expect(countQuestions()).toBe(2);
  await messageBox(page).press('Enter');
  await expect(page.getByRole('article', { name: 'You' }).last()).toContainText('And a third');
  await expect(messageBox(page)).toHaveValue('');
});

test('a plan is committed whole, once, and its card follows every post of it', async ({
  launch,
  runtime,
}) => {
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await askForPlan(page);
  const commit = page.getByRole('button', { name: 'Schedule 3 posts' });
  await expect(commit).toBeEnabled();
  await say(page, 'Schedule the plan');
  const proposal = page.getByRole('group', { name: /^Proposal/ });
  await expect(proposal).toContainText('3 posts on Notebook');
  await proposal.getByRole('button', { name: 'Approve' }).click();
  const followed = proposal.getByRole('list', { name: 'Posts' });
  await expect(followed.getByRole('listitem').filter({ hasText: 'Scheduled' }).first()).toBeVisible();
  await expect(followed.locator('summary')).toHaveCount(3);
  // It was committed in words: the button of the plan would do it a second time.
  await expect(commit).toHaveCount(0);
  await expect(answers(page).first()).toContainText('Scheduled as a whole');
});

test('a proposal can be edited before it is approved; the first version is void', async ({
  launch,
  runtime,
}) => {
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  const proposal = await openProposal(page);
  await proposal.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit what is proposed' });
  await dialog.getByRole('textbox').first().fill('The boat floats high.');
  await dialog.getByRole('button', { name: 'Propose this instead' }).click();
  await expect(proposal).toContainText('The boat floats high.');
  await proposal.getByRole('button', { name: 'Approve' }).click();
  await expect(proposal.getByRole('list', { name: 'Receipts' })).toBeVisible();
  const approvals = await page.evaluate(() => globalThis.longhand.commands.listApprovals({}));
  const states = approvals.ok ? approvals.value.approvals.map(({ state }) => state) : [];
  expect(states.toSorted()).toEqual(['approved', 'voided']);
  const posts = await page.evaluate(() => globalThis.longhand.commands.listPosts({}));
  expect(posts).toMatchObject({ ok: true, value: { posts: [{ text: 'The boat floats high.' }] } });
});

/** What a kill of everything would leave of the answer. */
function readSavedWords(dataFolder: string): string {
  const { sqlite, close } = connect(describeDataFolder(dataFolder).databaseFile);
  try {
    return String(sqlite.prepare(`SELECT text FROM message WHERE role = 'assistant'`).pluck().get());
  } finally {
    close();
  }
}
