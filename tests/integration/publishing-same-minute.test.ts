import { expect, it, onTestFinished } from 'vitest';
import { startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { startBlueskyServer, type BlueskyAccount } from '../fixtures/bluesky-server.ts';
import type { ProxiedRequest } from '../fixtures/fault-proxy.ts';
import { contentOf } from '../fixtures/publishing-harness.ts';
import { quickTimings } from '../fixtures/publishing-timings.ts';
import { openHarness, until } from '../fixtures/worker-harness.ts';

const accountCount = 3;
const postsOfEach = 70;
/** What stands for the limit of the platform; the real one would take minutes. */
const spacingMs = 250;
/** Of timers. */
const clockGrainMs = 5;

it('two hundred posts of the same minute stand on the real Bluesky server once each, within the pace of each account', async () => {
  const bluesky = await startBlueskyServer();
  onTestFinished(() => bluesky.stop());
  const harness = await openHarness({
    publishingTimings: {
      ...quickTimings,
      leaseMs: 20_000,
      spacingMs: { ...quickTimings.spacingMs, bluesky: spacingMs },
    },
  });
  onTestFinished(() => harness.close());
  const api = await startTestApi({
    dataFolder: harness.dataFolder,
    temporalAddress: harness.server.address,
  });
  const { commands } = api.client;
  valueOf(await commands.protectVault({ protection: 'passphrase', passphrase: 'a passphrase for the test' }));
  const people: { person: BlueskyAccount; accountId: string }[] = [];
  for (let index = 0; index < accountCount; index += 1) {
    const person = await bluesky.createAccount(`minute${index}`);
    const appPassword = await person.createAppPassword('longhand');
    const request = { serviceUrl: bluesky.url, identifier: person.handle, appPassword };
    people.push({ person, accountId: valueOf(await commands.connectBlueskyAccount(request)).accountId });
  }

  const dueAt = new Date(Date.now() + 3_600_000).toISOString();
  const postIds: string[] = [];
  for (let index = 0; index < postsOfEach; index += 1) {
    for (const { accountId } of people) {
      const wish = { content: contentOf(`Post ${index}`), targets: [{ accountId }] };
      const scheduled = await commands.schedulePost({ ...wish, when: { kind: 'at', dueAt } });
      postIds.push(valueOf(scheduled).entityId);
    }
  }
  // The worker comes when all of them are due, as after an hour's sleep.
  harness.dependencies.database.sqlite.prepare('UPDATE post SET due_at = ?').run(new Date().toISOString());
  await harness.startWorkers();
  const published = harness.dependencies.database.sqlite
    .prepare(`SELECT count(*) FROM post WHERE state = 'published'`)
    .pluck();
  await until(() => published.get() === postIds.length);

  const wished = Array.from({ length: postsOfEach }, (_, index) => `Post ${index}`).sort();
  const firstTakenAt = harness.dependencies.database.sqlite
    .prepare(
      `SELECT min(receipt.at) FROM post_receipt AS receipt JOIN post_target USING (target_id)
       WHERE kind = 'publishing' AND account_id = ?`,
    )
    .pluck();
  const turnsOf = harness.dependencies.database.sqlite
    .prepare<[string], string>('SELECT turn_at FROM post_target WHERE account_id = ? ORDER BY turn_at')
    .pluck();
  for (const { person, accountId } of people) {
    const texts = (await person.listPosts()).map(({ value }) => String(value['text']));
    expect(texts.sort()).toEqual(wished);
    // How fast this computer sends proves nothing where it is slower than the pace; the turns that were given do.
    const turnsMs = turnsOf.all(accountId).map((turn) => Date.parse(turn));
    expect(turnsMs).toHaveLength(postsOfEach);
    const gapsMs = turnsMs.slice(1).map((turn, index) => turn - (turnsMs[index] ?? 0));
    expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(spacingMs);
    const sentAtMs = bluesky.proxy.done
      .filter(({ request }) => request.url.includes('applyWrites') && isBy(person, request))
      .map(({ atMs }) => atMs);
    // Counted from when the first was taken in hand: however long any of them was held up on its way, that is no less.
    const tookMs = Math.max(...sentAtMs) - Date.parse(String(firstTakenAt.get(accountId)));
    expect(tookMs).toBeGreaterThanOrEqual((postsOfEach - 1) * spacingMs - clockGrainMs);
  }
});

function isBy({ did }: BlueskyAccount, { headers }: ProxiedRequest): boolean {
  const [, body = ''] = (headers.authorization ?? '').split('.');
  return Buffer.from(body, 'base64url').toString('utf8').includes(did);
}
