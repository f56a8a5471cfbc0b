import { join } from 'node:path';
import { startOllama, whyNoOllama } from '../fixtures/ollama-server.ts';
import { findViolations } from './axe.ts';
import { answers, expect, messageBox, openProposal, say, test, waitForSample } from './chat-window.ts';
import { openPlace, waitForServices, waitUntilReady } from './window.ts';

test('a question about a transcript is answered with the moment it is from; ideas become drafts', async ({
  launch,
  runtime,
}) => {
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await waitForSample(page);
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Ask about this' }).click();
  await expect(messageBox(page)).toBeFocused();
  await say(page, 'What are the listeners asked?');

  const answer = answers(page);
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await expect(answer.locator('strong')).toHaveText('give');
  const source = answer.getByRole('region', { name: 'Sources' }).getByRole('link');
  await expect(source).toHaveCount(1);
  expect(await findViolations(page)).toEqual([]);

  await say(page, 'Give me three ideas for posts about small boats');
  const drafting = page.getByRole('button', { name: /^Turn .* into a draft$/ });
  await expect(drafting).toHaveCount(3);
  expect(await findViolations(page)).toEqual([]);
  await drafting.first().click();
  await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue(/\S/);
  await expect
    .poll(() => page.evaluate(() => globalThis.longhand.commands.listPosts({ states: ['draft'] })))
    .toMatchObject({ ok: true, value: { posts: [{ state: 'draft' }] } });
});

test('a click on a cited moment plays that moment', async ({ launch, runtime }) => {
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  await waitForSample(page);
  // Only what was said last is left, so that the moment is not the beginning.
  const startMs = await page.evaluate(async () => {
    const { commands } = globalThis.longhand;
    const found = await commands.searchLibrary({});
    const assetId = found.ok ? (found.value.items[0]?.assetId ?? '') : '';
    const read = await commands.readTranscript({ assetId });
    if (!read.ok) throw new Error(read.error.userMessage);
    const { segments, revision } = read.value;
    const last = segments.at(-1);
    if (last === undefined) throw new Error('no transcript');
    const edited = await commands.editTranscript({
      assetId,
      expectedRevision: revision,
      changes: [
        ...segments
          .filter((segment) => segment !== last)
          .map(({ segmentId }) => ({ kind: 'delete' as const, segmentId })),
        { kind: 'update' as const, segmentId: last.segmentId, startMs: Math.max(last.startMs, 4_000) },
      ],
    });
    if (!edited.ok) throw new Error(edited.error.userMessage);
    return Math.max(last.startMs, 4_000);
  });
  await openPlace(page, 'Chat');
  await messageBox(page).fill('@');
  await page.getByRole('option').first().click();
  await say(page, 'What are the listeners asked?');
  const answer = answers(page);
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await answer
    .getByRole('link', { name: /^Play / })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Transcript' })).toBeVisible();
  // The player stands at that moment, and goes on from there: it is played, not only shown.
  const startSeconds = Math.floor(startMs / 1000);
  const position = page.getByRole('slider', { name: 'Position' });
  const readSeconds = async () => Number(await position.getAttribute('aria-valuenow'));
  let firstSeconds = 0;
  await expect
    .poll(async () => {
      const seconds = await readSeconds();
      if (firstSeconds === 0) firstSeconds = seconds;
      return seconds;
    })
    .toBeGreaterThan(startSeconds + 1);
  expect(firstSeconds).toBeGreaterThanOrEqual(startSeconds);
});

test('what would be published waits as a proposal, and once approved it is seen to be scheduled', async ({
  launch,
  runtime,
}) => {
  const { page } = await launch({ OLLAMA_HOST: runtime.address });
  const proposal = await openProposal(page);
  await expect(proposal.getByText('Notebook').first()).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  const waiting = await page.evaluate(() => globalThis.longhand.commands.listPosts({}));
  expect(waiting).toMatchObject({ ok: true, value: { posts: [] } });

  await proposal.getByRole('button', { name: /^Commit mode/ }).click();
  await page.getByRole('button', { name: 'Three modes, and why' }).click();
  const modes = page.getByRole('dialog', { name: 'Three modes, and why' });
  await expect(modes.getByRole('table').first()).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await proposal.getByRole('button', { name: 'Approve' }).click();
  await expect(proposal.getByText('Scheduled', { exact: true }).first()).toBeVisible();
  await expect(proposal.getByText(/^schedule-post:/)).toBeVisible();
  await expect(proposal.getByRole('list', { name: 'Receipts' })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await proposal.getByRole('link', { name: 'Open the post' }).click();
  await expect(page.getByText('The boat floats.').first()).toBeVisible();
});

test('stop really stops, and unsent text outlives a kill (complaint 14, 15)', async ({ launch, runtime }) => {
  runtime.converseWith((reply) => reply.say('It goes on and on'));
  const first = await launch({ OLLAMA_HOST: runtime.address });
  await openPlace(first.page, 'Chat');
  await say(first.page, 'Tell me a story');
  await expect(answers(first.page).getByText('It goes on and on')).toBeVisible();
  await openPlace(first.page, 'Library');
  await openPlace(first.page, 'Chat');
  await expect(answers(first.page).getByText('It goes on and on')).toBeVisible();

  await first.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(answers(first.page)).toHaveAttribute('aria-busy', 'false');
  await expect.poll(() => runtime.openCount()).toBe(0);
  await expect(first.page.getByRole('button', { name: 'Go on' })).toBeVisible();

  await messageBox(first.page).fill('@');
  await first.page.getByRole('option').first().click();
  await messageBox(first.page).fill('Not sent yet');
  await expect
    .poll(() =>
      first.page.evaluate(async () => {
        const { commands } = globalThis.longhand;
        const listed = await commands.listConversations({});
        const conversationId = listed.ok ? (listed.value.items[0]?.conversationId ?? '') : '';
        const read = await commands.readConversation({ conversationId });
        return read.ok ? read.value.draft : null;
      }),
    )
    .toMatchObject({ text: 'Not sent yet', assetIds: [expect.any(String)] });
  await first.kill(await waitForServices(first.page));

  const second = await launch({ OLLAMA_HOST: runtime.address });
  await openPlace(second.page, 'Chat');
  await second.page.getByRole('link', { name: /Tell me a story/ }).click();
  await expect(messageBox(second.page)).toHaveValue('Not sent yet');
  const attached = second.page.getByRole('list', { name: 'Recordings taken into account' });
  await expect(attached.getByRole('link')).toHaveCount(1);
  await expect(answers(second.page).getByText('It goes on and on')).toBeVisible();
});

test('a real model streams, and a runtime that is killed in mid-answer costs only that answer', async ({
  launch,
  dataFolder,
}) => {
  const reason = whyNoOllama();
  test.skip(reason !== null, reason ?? '');
  await (await startOllama({ home: join(dataFolder, 'models', 'ollama') })).stop();
  // Nothing answers at this address: the app starts a runtime of its own.
  const { page } = await launch({ OLLAMA_HOST: '127.0.0.1:9' });
  const pid = await waitUntilReady(page, 'ollama');
  await openPlace(page, 'Chat');
  await expect(page.getByRole('button', { name: /^Model: smollm2/ })).toBeVisible();
  await say(page, 'Tell me a very long story about a small boat');
  await expect(answers(page)).toContainText(/\w+ \w+ \w+/);
  await expect(answers(page)).toHaveAttribute('aria-busy', 'true');

  process.kill(pid, 'SIGKILL');
  await expect(answers(page).getByRole('alert')).toBeVisible();
  await expect(answers(page)).toContainText(/\w+ \w+ \w+/);
  await waitUntilReady(page, 'ollama', pid);
  await expect(page.getByRole('button', { name: /^Model: smollm2/ })).toBeVisible();
  await answers(page).getByRole('button', { name: 'Answer again' }).click();
  await expect(answers(page)).toHaveAttribute('aria-busy', 'true');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(answers(page)).toHaveAttribute('aria-busy', 'false');
});
