import type { Page } from '@playwright/test';
import { describeDataFolder } from '../../src-node/data-folder.ts';
import { createLocalApiClient } from '../../src-node/local-api-client.ts';
import { expect, test } from './app.ts';
import { findViolations } from './axe.ts';
import { chooseTheme, openPlace } from './window.ts';

test('the screens for publishing pass the accessibility check in light and dark', async ({
  launch,
  dataFolder,
}) => {
  const { page } = await launch();
  await openPlace(page, 'Calendar');
  await expect(page.getByText('None. What you write is kept here until it is scheduled.')).toBeVisible();
  const { postId, accountId } = await seed(page);
  const agent = createLocalApiClient({ socketPath: describeDataFolder(dataFolder).apiSocket, door: 'mcp' });
  const asked = await agent.commands.schedulePost({
    content: { parts: [{ text: 'An agent has written this' }] },
    targets: [{ accountId }],
    when: { kind: 'at', dueAt: new Date(Date.now() + 86_400_000).toISOString() },
  });
  expect(asked).toMatchObject({ ok: true });
  agent.close();

  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    await openPlace(page, 'Calendar');
    for (const [key, name] of [
      ['m', 'Month'],
      ['w', 'Week'],
      ['d', 'Day'],
    ] as const) {
      // The keys work once the calendar is there.
      await expect(page.getByRole('radio', { name })).toBeVisible();
      await page.keyboard.press(key);
      await expect(page.getByRole('radio', { name })).toBeChecked();
      expect(await findViolations(page)).toEqual([]);
    }
    await goTo(page, `#/post/${postId}`);
    await expect(page.getByRole('list', { name: 'Receipts' })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);

    await goTo(page, `#/compose?post=${postId}`);
    await expect(page.getByRole('textbox', { name: 'Post 1 of 2' })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);

    await openPlace(page, 'Approvals');
    await expect(page.getByRole('region', { name: 'Request', exact: true })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);

    await goTo(page, '#/late-posts');
    await expect(page.getByRole('heading', { name: 'While you were away' })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
  }
});

/** To a place that is not in the sidebar. */
async function goTo(page: Page, hash: string): Promise<void> {
  await page.goto(new URL(hash, page.url()).href);
}

/** A place to post to by hand, and a thread that goes there tomorrow. */
async function seed(page: Page): Promise<{ postId: string; accountId: string }> {
  return page.evaluate(async () => {
    const { commands } = globalThis.longhand;
    const account = await commands.connectManualAccount({ service: 'x', handle: '@ana' });
    if (!account.ok) throw new Error(account.error.userMessage);
    const { accountId } = account.value;
    const post = await commands.schedulePost({
      content: { parts: [{ text: 'Rain on the roof #sound' }, { text: 'And then the sun' }] },
      targets: [{ accountId }],
      when: { kind: 'at', dueAt: new Date(Date.now() + 86_400_000).toISOString() },
    });
    if (!post.ok) throw new Error(post.error.userMessage);
    return { postId: post.value.entityId, accountId };
  });
}
