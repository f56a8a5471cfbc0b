import { DateTime } from 'luxon';
import type { Page } from '@playwright/test';
import { createLocalApiClient } from '../../src-node/local-api-client.ts';
import { describeDataFolder } from '../../src-node/data-folder.ts';
import type { CommandOutput } from '../../src-shared/contract/registry.ts';
import { expect, test } from './app.ts';
import { expectHarmlessMessage, holdMessage } from './short-messages.ts';
import { openPlace, waitForServices } from './window.ts';

test('a post is checked while it is written, outlives a kill, is scheduled, keeps its time of day when it is moved, and says so without hiding anything', async ({
  launch,
}) => {
  const first = await launch();
  await addPlaceByHand(first.page, 'X', '@ana');
  await openPlace(first.page, 'Calendar');
  await first.page.getByRole('button', { name: 'New post' }).click();
  await first.page.getByRole('button', { name: 'X', exact: true }).click();
  const text = first.page.getByRole('textbox', { name: 'Text' });
  await first.page.getByRole('textbox', { name: 'When, in words' }).fill('in 20 days at 9:07');
  await text.fill('a'.repeat(280));
  const send = first.page.getByRole('button', { name: /^Schedule/ });
  await expect(send).toBeEnabled();
  await text.fill('a'.repeat(290));
  await expect(first.page.getByRole('status', { name: 'X: 10 characters too many' })).toBeVisible();
  await expect(send).toBeDisabled();
  await text.fill('Rain on the roof of the studio');
  await untilDraftIs(first.page, 'Rain on the roof of the studio');
  await openDraft(first.page, /Rain on the roof/);
  await text.fill('Rain on the roof, all day');
  await untilDraftIs(first.page, 'Rain on the roof, all day');
  await openDraft(first.page, /Rain on the roof/);
  await expect(text).toHaveValue('Rain on the roof, all day');
  await first.kill(await waitForServices(first.page));

  const second = await launch();
  const { page } = second;
  await openDraft(page, /Rain on the roof/);
  await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue('Rain on the roof, all day');
  await page.getByRole('textbox', { name: 'When, in words' }).fill('in 20 days at 9:07');
  await expect(page.getByLabel('Time', { exact: true })).toHaveValue('09:07');
  await page.getByRole('button', { name: /^Schedule for/ }).click();
  const receipts = page.getByRole('list', { name: 'Receipts' });
  await expect(receipts.getByText('Accepted')).toBeVisible();
  await expect(receipts.getByText('Scheduled', { exact: true })).toBeVisible();

  const [post] = await readPosts(page);
  const before = post?.due?.localTime ?? '';
  expect(before).toMatch(/T09:07$/);
  await openPlace(page, 'Calendar');
  const chip = page.getByRole('button', { name: /Rain on the roof/ });
  await expect(page.getByRole('cell').first()).toBeVisible();
  for (let month = 0; month < monthsUntil(before, post?.due?.zone ?? 'utc'); month += 1)
    await page.keyboard.press(']');
  await expect(chip).toBeVisible();
  // Not out of the month that is shown.
  const oneDay = daysAfter(before, 1).slice(0, 7) === before.slice(0, 7) ? 1 : -1;
  const moveBy = async (days: number) => {
    await chip.focus();
    await page.keyboard.press(days > 0 ? 'Alt+ArrowRight' : 'Alt+ArrowLeft');
  };
  await moveBy(oneDay);
  await expect.poll(async () => (await readPosts(page))[0]?.due?.localTime).toBe(daysAfter(before, oneDay));
  await expect(chip).toBeFocused();

  // It is brought into view first: afterwards nothing moves but what is dragged.
  await chip.hover();
  const cell = await page.getByRole('cell').first().boundingBox();
  const box = await chip.boundingBox();
  if (cell === null || box === null) throw new Error('the calendar shows no days');
  const weeks = box.y > cell.y + 2 * cell.height ? -1 : 1;
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + weeks * cell.height, { steps: 8 });
  await page.mouse.up();
  await expect
    .poll(async () => (await readPosts(page))[0]?.due?.localTime)
    .toBe(daysAfter(before, oneDay + 7 * weeks));

  const localTime = async () => (await readPosts(page))[0]?.due?.localTime ?? '';
  let former = '';
  let days = oneDay;
  // There and back, so that it stays in view.
  const moved = async () => {
    former = await localTime();
    days = -days;
    await moveBy(days);
    await expect.poll(localTime).toBe(daysAfter(former, days));
    return /^Scheduled for/;
  };
  await expectHarmlessMessage(second, moved);
  await (await holdMessage(page, moved)).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(localTime).toBe(former);

  let postId = '';
  let tries = 0;
  const toMark = async () => {
    tries += 1;
    const text = `To be posted by hand, number ${tries}`;
    postId = await publishByHand(page, text);
    return text;
  };
  await (await holdMessage(page, toMark)).getByRole('button', { name: 'Open' }).click();
  await expect(page).toHaveURL(new RegExp(`#/post/${postId}$`));
});

test('what an agent wants to publish waits for the creator, and is decided by keyboard', async ({
  launch,
  dataFolder,
}) => {
  const { page } = await launch();
  await addPlaceByHand(page, 'LinkedIn', '@ana');
  const agent = createLocalApiClient({ socketPath: describeDataFolder(dataFolder).apiSocket, door: 'mcp' });
  const accountId = await readFirstAccountId(page);
  const ask = (text: string) =>
    agent.commands.schedulePost({
      content: { parts: [{ text }] },
      targets: [{ accountId }],
      when: { kind: 'at', dueAt: new Date(Date.now() + 86_400_000).toISOString(), zone: 'Europe/Berlin' },
    });
  expect(await ask('An agent has written this')).toMatchObject({ ok: true, value: { status: 'accepted' } });
  expect(await readPosts(page)).toEqual([]);

  await openPlace(page, 'Approvals');
  const request = page.getByRole('region', { name: 'Request', exact: true });
  await expect(request.getByText('An agent has written this')).toBeVisible();
  // What comes in meanwhile stands above it, and takes neither its place nor the answer that it is given.
  expect(await ask('And this as well')).toMatchObject({ ok: true, value: { status: 'accepted' } });
  await expect(page.getByRole('status').filter({ hasText: '2 requests to decide' })).toBeVisible();
  await expect(request.getByText('An agent has written this')).toBeVisible();
  await page.keyboard.press('a');
  await expect
    .poll(async () => (await readPosts(page)).map(({ state, heading }) => `${heading}: ${state}`))
    .toEqual(['An agent has written this: waiting']);

  await expect(request.getByText('And this as well')).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { name: 'Nothing needs your approval' })).toBeVisible();
  expect(await readPosts(page)).toHaveLength(1);
  agent.close();
});

test('a post whose account was disconnected is edited for another, by one at a time, copied into a draft, and cancelled', async ({
  launch,
}) => {
  const { page } = await launch();
  await addPlaceByHand(page, 'X', '@ana');
  const accountId = await readFirstAccountId(page);
  await addPlaceByHand(page, 'LinkedIn', '@ana');
  await page.evaluate(async (id) => {
    const scheduled = await globalThis.longhand.commands.schedulePost({
      content: { parts: [{ text: 'Rain on the roof' }] },
      targets: [{ accountId: id }],
      when: { kind: 'at', dueAt: new Date(Date.now() + 86_400_000).toISOString() },
    });
    if (!scheduled.ok) throw new Error(scheduled.error.userMessage);
  }, accountId);
  await page.getByRole('button', { name: 'More about X' }).click();
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Disconnect X?' });
  await expect(question.getByText('1 post waits for it')).toBeVisible();
  await question.getByRole('button', { name: 'Disconnect' }).click();

  await openPlace(page, 'Calendar');
  await page
    .getByRole('region', { name: 'Needs you' })
    .getByRole('link', { name: /Rain on the roof/ })
    .click();
  await page.getByRole('button', { name: 'Edit the post' }).click();
  const gone = page.getByRole('list', { name: 'Accounts out of reach' });
  await expect(gone.getByText('X is disconnected')).toBeVisible();
  await page.getByRole('group', { name: 'Accounts' }).getByRole('button', { name: 'LinkedIn' }).click();
  await expect(page.getByRole('button', { name: 'Save the changes' })).toBeDisabled();
  await gone.getByRole('button', { name: 'Take it off' }).click();
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(page.getByRole('article', { name: 'LinkedIn: Scheduled' })).toBeVisible();
  await expect(page.getByRole('article', { name: 'X: Cancelled' })).toBeVisible();

  // Another program changes it while it is open here, and that is not undone.
  const address = page.url();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Text' }).fill('Rain on the roof, as I say');
  await page.evaluate(async () => {
    const { listPosts, editPost } = globalThis.longhand.commands;
    const listed = await listPosts({});
    const postId = listed.ok ? (listed.value.posts[0]?.postId ?? '') : '';
    const edited = await editPost({
      postId,
      content: { parts: [{ text: 'Rain on the roof, as they say' }] },
    });
    if (!edited.ok) throw new Error(edited.error.userMessage);
  });
  const refused = await holdMessage(page, async () => {
    await page.getByRole('button', { name: 'Save the changes' }).click();
    return /This post was changed meanwhile/;
  });
  await refused.getByRole('button', { name: 'Close' }).click();
  await page.goto(address);
  await expect(page.getByRole('article', { name: 'LinkedIn: Scheduled' })).toContainText('as they say');

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Copy into a new draft' }).click();
  await expect(page.getByRole('heading', { name: 'Draft' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue('Rain on the roof, as they say');
  await expect
    .poll(async () => (await readPosts(page)).map(({ state }) => state).toSorted())
    .toEqual(['draft', 'waiting']);

  await page.goto(address);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Cancel the post…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the post' }).click();
  await expect(page.getByRole('article', { name: 'LinkedIn: Cancelled' })).toBeVisible();
});

test('a token is shown once, and a program is shut out with one click', async ({ launch }) => {
  const { page } = await launch();
  await openPlace(page, 'Settings');
  await page.getByRole('link', { name: 'API access' }).click();
  await page.getByRole('button', { name: /Make a token/ }).click();
  await page.getByRole('textbox', { name: 'What is it for?' }).fill('My shortcuts');
  await page.getByRole('button', { name: 'Make the token' }).click();
  const secret = (await page.getByLabel('The token', { exact: true }).textContent()) ?? '';
  expect(secret.length).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('My shortcuts')).toBeVisible();
  await page.getByRole('button', { name: /Make a token/ }).click();
  await expect(page.getByRole('textbox', { name: 'What is it for?' })).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('button', { name: 'Revoke My shortcuts' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible();
});

/** Waits until the one draft says this, and the window that it is saved: words before it may have been saved too. */
async function untilDraftIs(page: Page, text: string): Promise<void> {
  await expect.poll(async () => (await readPosts(page)).map(({ heading }) => heading)).toEqual([text]);
  await expect(page.getByText('Draft saved')).toBeVisible();
}

async function openDraft(page: Page, name: RegExp): Promise<void> {
  await openPlace(page, 'Calendar');
  await page
    .getByRole('complementary', { name: 'Drafts and what needs you' })
    .getByRole('link', { name })
    .click();
}

/** Adds an account that one posts to by hand, as the person would. */
async function addPlaceByHand(page: Page, service: string, handle: string): Promise<void> {
  await openPlace(page, 'Settings');
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('button', { name: /Connect an account/ }).click();
  await page.getByRole('menuitem', { name: /by hand/ }).click();
  await page.getByRole('combobox', { name: 'Where' }).selectOption(service);
  await page.getByRole('textbox', { name: 'Your name there' }).fill(handle);
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByRole('button', { name: `More about ${service}` })).toBeVisible();
}

async function readPosts(page: Page): Promise<CommandOutput<'list-posts'>['posts']> {
  const result = await page.evaluate(() => globalThis.longhand.commands.listPosts({}));
  if (!result.ok) throw new Error(result.error.userMessage);
  return result.value.posts;
}

/** Sends a post to the place that one posts to by hand, and gives its id. */
async function publishByHand(page: Page, text: string): Promise<string> {
  const accountId = await readFirstAccountId(page);
  const result = await page.evaluate((wanted) => globalThis.longhand.commands.publishNow(wanted), {
    content: { parts: [{ text }] },
    targets: [{ accountId }],
  });
  if (!result.ok) throw new Error(result.error.userMessage);
  return result.value.entityId;
}

async function readFirstAccountId(page: Page): Promise<string> {
  const result = await page.evaluate(() => globalThis.longhand.commands.listAccounts({}));
  const accountId = result.ok ? result.value.accounts[0]?.accountId : undefined;
  if (accountId === undefined) throw new Error('there is no account');
  return accountId;
}

function daysAfter(localTime: string, days: number): string {
  const [date = '', time = ''] = localTime.split('T');
  const day = new Date(`${date}T00:00:00.000Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return `${day.toISOString().slice(0, 10)}T${time}`;
}

/** How many months the calendar has to turn from today. */
function monthsUntil(localTime: string, zone: string): number {
  const due = DateTime.fromISO(localTime, { zone }).startOf('month');
  return Math.round(due.diff(DateTime.now().setZone(zone).startOf('month'), 'months').months);
}
