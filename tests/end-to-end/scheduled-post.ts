import type { Page } from '@playwright/test';
import type { BlueskyAccount, BlueskyServer } from '../fixtures/bluesky-server.ts';
import { expect, type RunningApp } from './app.ts';
import { openPlace, waitForServices } from './window.ts';

const passphrase = 'a passphrase of a test';
const minuteMs = 60_000;
/** Like the limits of playwright.config.ts it only ends what hangs. */
const publishedWithinMs = 10 * minuteMs;
/** Between scheduling and the due time the app has to be quit; a slow computer gets as long as it takes to start it so often. */
const startsUntilDue = 4;

/**
 * Schedules a post for in some minutes, as the person would, and ends the app in good order, and then as a power cut
 * would. Gives the app that runs in the end: it waits for the time of the post.
 */
export async function scheduleThroughQuitAndKill(
  launch: () => Promise<RunningApp>,
  { server, account }: { server: BlueskyServer; account: BlueskyAccount },
): Promise<RunningApp> {
  const appPassword = await account.createAppPassword('longhand');
  const startedAtMs = Date.now();
  const first = await launch();
  await waitForServices(first.page);
  const minutes = 1 + Math.ceil((startsUntilDue * (Date.now() - startedAtMs)) / minuteMs);
  await connectBluesky(first.page, { serviceUrl: server.url, handle: account.handle, appPassword });
  await openPlace(first.page, 'Calendar');
  await first.page.getByRole('button', { name: 'New post' }).click();
  await first.page.getByRole('group', { name: 'Accounts' }).getByRole('button').click();
  await first.page.getByRole('textbox', { name: 'Text' }).fill('Hello from a laptop that was closed #studio');
  await first.page.getByRole('textbox', { name: 'When, in words' }).fill(`in ${minutes} minutes`);
  await first.page.getByRole('button', { name: /^Schedule for/ }).click();
  await expect(
    first.page.getByRole('list', { name: 'Receipts' }).getByText('Scheduled', { exact: true }),
  ).toBeVisible();
  await first.quit();

  const second = await launch();
  await second.kill(await waitForServices(second.page));
  // However late it is by now: its credentials are behind the passphrase.
  expect(await account.listPosts()).toEqual([]);

  const third = await launch();
  await third.page.getByRole('button', { name: 'Unlock…' }).click();
  await third.page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
  await third.page.getByRole('button', { name: 'Unlock', exact: true }).click();
  return third;
}

/** Waits for that post, looks at what its page says of it, and deletes it. */
export async function expectPublishedOnce(page: Page, account: BlueskyAccount): Promise<void> {
  await expect.poll(async () => (await account.listPosts()).length, { timeout: publishedWithinMs }).toBe(1);

  await openPlace(page, 'Calendar');
  await page.getByRole('button', { name: /Published.*laptop that was closed/ }).click();
  const receipts = page.getByRole('list', { name: 'Receipts' });
  for (const step of ['Accepted', 'Scheduled', 'Being sent', 'Published'])
    await expect(receipts.getByText(step, { exact: true }).first()).toBeVisible();
  const [post] = await account.listPosts();
  expect(post?.value).toMatchObject({ text: 'Hello from a laptop that was closed #studio' });
  await expect(page.getByRole('button', { name: 'Open the post' })).toBeVisible();
  expect(await account.listPosts()).toHaveLength(1);
  // Each step with its time, and the last one with where the post stands.
  await expect(receipts.getByRole('listitem').filter({ hasNot: page.locator('time') })).toHaveCount(0);
  const key = post?.uri.split('/').at(-1) ?? '';
  await expect(
    receipts.getByRole('button', { name: `https://bsky.app/profile/${account.did}/post/${key}` }),
  ).toBeVisible();

  await page.getByRole('button', { name: 'Delete it there…' }).click();
  const question = page.getByRole('alertdialog', { name: /^Delete this post from/ });
  await expect(question.getByText('(Bluesky)')).toBeVisible();
  await question.getByRole('button', { name: 'Delete it there' }).click();
  await expect(receipts.getByText('Deleted', { exact: true })).toBeVisible();
  expect(await account.listPosts()).toEqual([]);
}

interface BlueskyLogin {
  serviceUrl: string;
  handle: string;
  appPassword: string;
}

/** As the person would, on a system without a keyring as well. */
async function connectBluesky(page: Page, { serviceUrl, handle, appPassword }: BlueskyLogin): Promise<void> {
  await openPlace(page, 'Settings');
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('button', { name: /Connect an account/ }).click();
  await page.getByRole('menuitem', { name: 'Bluesky' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect Bluesky' });
  await dialog.getByRole('combobox', { name: /The key is kept/ }).selectOption('Behind a passphrase');
  await dialog.getByRole('textbox', { name: /Passphrase/ }).fill(passphrase);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('textbox', { name: 'Handle' }).fill(handle);
  await dialog.getByRole('textbox', { name: /App password/ }).fill(appPassword);
  await dialog.getByRole('textbox', { name: /Server/ }).fill(serviceUrl);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
}
