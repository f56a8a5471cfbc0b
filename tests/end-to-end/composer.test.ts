import { DateTime } from 'luxon';
import type { Locator, Page } from '@playwright/test';
import type { CommandOutput } from '../../src-shared/contract/registry.ts';
import { expect, test } from './app.ts';
import { waitForSample } from './chat-window.ts';
import { openPlace } from './window.ts';

type Post = CommandOutput<'read-post'>;

const words = 'Ask what you can do #speech';
/** Of the day: long enough ago that the next one does not come due meanwhile. */
const slotTime = DateTime.now().minus({ hours: 2 }).toFormat('HH:mm');

test('a thread with part of a recording, alt text and a version for one account goes into the next free slot, and stands in month, week and day', async ({
  launch,
}) => {
  const { page } = await launch();
  await waitForSample(page);
  await addPlaces(page);
  await openPlace(page, 'Settings');
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('button', { name: 'No queue yet' }).first().click();
  await page.getByLabel('Another time for X').fill(slotTime);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  // At once one after the other: each change is made to the one before, not to what was kept last.
  const days = page.getByRole('group', { name: `Days at ${slotTime}` });
  for (const day of ['Sat', 'Sun']) await days.getByRole('button', { name: day }).click();
  await expect(page.getByRole('button', { name: /^7 slots a week, .+ time$/ })).toBeVisible();

  await writeNew(page, 'X', 'Threads');
  await page.getByRole('textbox', { name: 'Text' }).fill(words);
  const left = 280 - words.length;
  await expect(page.getByRole('status', { name: `X: ${left} characters left` })).toBeVisible();
  await expect(page.getByRole('status', { name: /^Threads: 473 characters left/ })).toBeVisible();

  await page.getByRole('button', { name: 'Add media', exact: true }).click();
  const picker = page.getByRole('dialog', { name: 'Add media to the post' });
  await picker.getByPlaceholder('Search recordings and pictures').fill('americans');
  await picker.getByRole('option').first().click();
  const media = page.getByRole('list', { name: 'Media' });
  await media
    .getByRole('textbox', { name: /^Described for those who cannot hear it/ })
    .fill('A speech of 1961');
  await media.getByRole('button', { name: /^All of it/ }).click();
  const part = page.getByRole('dialog', { name: 'Which part?' });
  await enter(part.getByLabel('From'), '0:02');
  await enter(part.getByLabel('To'), '0:05');
  await part.getByRole('button', { name: 'Use this part' }).click();
  await expect(media.getByRole('button', { name: /^0:02 – 0:05/ })).toBeVisible();

  await page.getByRole('button', { name: /^Add to the thread/ }).click();
  await page.getByRole('textbox', { name: 'Post 2 of 2' }).fill('And what we can do together.');
  const preview = page.getByRole('region', { name: 'Preview', exact: true });
  await expect(preview.getByRole('heading', { name: 'As X shows it' })).toBeVisible();
  await expect(preview.getByText('#speech', { exact: true })).toBeVisible();
  await expect(preview.getByText('ALT', { exact: true })).toBeVisible();
  await expect(preview.getByText('0:03', { exact: true })).toBeVisible();
  await expect(preview.getByText('And what we can do together.')).toBeVisible();

  const whose = page.getByRole('group', { name: 'Whose words' });
  await whose.getByRole('button', { name: /^Threads/ }).click();
  await page.getByRole('button', { name: 'Write a version for it' }).click();
  await page.getByRole('textbox', { name: 'Post 2 of 2' }).fill('Only for the others.');
  await expect(preview.getByRole('heading', { name: 'As Threads shows it' })).toBeVisible();
  await expect(preview.getByText('Only for the others.')).toBeVisible();
  await whose.getByRole('button', { name: 'For all' }).click();
  await expect(page.getByRole('textbox', { name: 'Post 2 of 2' })).toHaveValue(
    'And what we can do together.',
  );

  await page.getByRole('radio', { name: 'Next free slot' }).click();
  await expect(page.getByRole('region', { name: 'When and how' }).getByText(slotTime)).toBeVisible();
  await page.getByRole('button', { name: 'Put it in the queue' }).click();
  const receipts = page.getByRole('list', { name: 'Receipts' });
  await expect(receipts.getByText('Scheduled', { exact: true })).toBeVisible();

  const post = await readOnlyPost(page);
  const [first, second] = post.content.parts;
  expect(first).toMatchObject({
    text: words,
    media: [{ altText: 'A speech of 1961', clip: { startMs: 2_000, endMs: 5_000 } }],
  });
  expect(second?.text).toBe('And what we can do together.');
  expect(post.targets.map(({ variant }) => variant?.parts.map(({ text }) => text))).toEqual([
    undefined,
    [words, 'Only for the others.'],
  ]);
  const { due } = post;
  expect(due?.localTime.slice(-5)).toBe(slotTime);

  // The week loses no post, and neither does the day (complaint 12).
  await openPlace(page, 'Calendar');
  const chip = page.getByRole('button', { name: new RegExp(`${slotTime}.*Ask what you can do`) });
  await expect(page.getByRole('radio', { name: 'Day', exact: true })).toBeVisible();
  for (const view of ['Day', 'Week', 'Month']) {
    await page.keyboard.press(view.charAt(0).toLowerCase());
    await expect(page.getByRole('radio', { name: view, exact: true })).toBeChecked();
    // Whatever day a week begins with, the other two are turned to where the day is.
    if (view === 'Day') for (let day = 0; day < daysUntil(due); day += 1) await page.keyboard.press(']');
    await expect(chip).toBeVisible();
  }

  // The same words again are told of, and others that come close to the first; neither is forbidden.
  await writeNew(page, 'X');
  const text = page.getByRole('textbox', { name: 'Text' });
  await text.fill(words);
  const neighbours = page.getByRole('list', { name: 'Close to other posts' });
  await expect(neighbours.getByText(/says the same on X/)).toBeVisible();
  await text.fill('Something else');
  const near = DateTime.fromISO(due?.localTime ?? '').plus({ minutes: 2 });
  await page.getByLabel('Day', { exact: true }).fill(near.toFormat('yyyy-MM-dd'));
  await page.getByLabel('Time', { exact: true }).fill(near.toFormat('HH:mm'));
  await expect(neighbours.getByText(/close by on X/)).toBeVisible();
  await page.getByRole('radio', { name: 'Now' }).click();
  await page.getByRole('button', { name: 'Publish now' }).click();
  await page.getByRole('button', { name: 'I have posted it' }).click();
  const marked = page.getByRole('dialog');
  await marked.getByRole('textbox').fill('https://x.com/ana/status/1');
  await page.keyboard.press('Enter');
  await expect(receipts.getByRole('button', { name: 'https://x.com/ana/status/1' })).toBeVisible();
});

/** Accounts that one posts to by hand. */
async function addPlaces(page: Page): Promise<void> {
  const added = await page.evaluate(async () => {
    const { connectManualAccount } = globalThis.longhand.commands;
    const places = ['x', 'threads'] as const;
    return [
      await connectManualAccount({ service: places[0], handle: '@ana' }),
      await connectManualAccount({ service: places[1], handle: '@ana' }),
    ].every(({ ok }) => ok);
  });
  expect(added).toBe(true);
}

async function writeNew(page: Page, ...names: string[]): Promise<void> {
  await openPlace(page, 'Calendar');
  await page.getByRole('button', { name: 'New post' }).click();
  const accounts = page.getByRole('group', { name: 'Accounts' });
  for (const name of names) await accounts.getByRole('button', { name, exact: true }).click();
}

async function enter(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press('Enter');
}

async function readOnlyPost(page: Page): Promise<Post> {
  return page.evaluate(async () => {
    const { listPosts, readPost } = globalThis.longhand.commands;
    const listed = await listPosts({});
    if (!listed.ok) throw new Error(listed.error.userMessage);
    const [only, other] = listed.value.posts;
    if (only === undefined || other !== undefined) throw new Error('there is not one post');
    const read = await readPost({ postId: only.postId });
    if (!read.ok) throw new Error(read.error.userMessage);
    return read.value;
  });
}

/** How often the calendar has to be turned from today. */
function daysUntil(due: Post['due']): number {
  const zone = due?.zone ?? 'utc';
  const [from, to] = [DateTime.now().setZone(zone), DateTime.fromISO(due?.dueAt ?? '', { zone })];
  return Math.round(to.startOf('day').diff(from.startOf('day')).as('days'));
}
