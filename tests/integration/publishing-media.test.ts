import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRssFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ProbeFacts } from '../../src-data/assets.ts';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import type { LatenessPolicy } from '../../src-shared/domain/lateness.ts';
import { addIngested } from '../fixtures/add-ingested.ts';
import { codeOf, makeFolder, startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { feedDetails } from '../fixtures/feed-details.ts';
import { kindsOf, openPublishing, type PublishingHarness } from '../fixtures/publishing-harness.ts';
import { quickTimings } from '../fixtures/publishing-timings.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { openHarness, shareServer, until } from '../fixtures/worker-harness.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

let server: TemporalServer;
beforeAll(async () => {
  server = await shareServer();
});
afterAll(() => server.stop());

/** As the boundary adds it; nothing is known of it before it was read. */
function addAsset({ harness: { dependencies } }: PublishingHarness, facts?: Partial<ProbeFacts>): string {
  const assetId = randomUUID();
  dependencies.assets.create({
    ...{ assetId, path: `/recordings/${assetId}`, title: 'Harbour', originalName: 'harbour' },
    ...{ storage: 'reference', isSample: false, sizeBytes: 1_000, fileModifiedAt: null },
  });
  if (facts !== undefined) setRead({ harness: { dependencies } }, assetId, facts);
  return assetId;
}

function setRead(
  { harness: { dependencies } }: { harness: Pick<PublishingHarness['harness'], 'dependencies'> },
  assetId: string,
  facts: Partial<ProbeFacts> = {},
): void {
  const { assets } = dependencies;
  assets.setProbe(assetId, { kind: 'image', durationMs: null, capturedAt: null, probe: {}, ...facts });
  assets.setStatus(assetId, 'review');
}

const contentWith = (...assetIds: string[]) => ({
  parts: [{ text: 'With media', media: assetIds.map((assetId) => ({ assetId, altText: 'Boats' })) }],
});

async function publishNow({ api }: PublishingHarness, accountId: string, assetId: string): Promise<string> {
  const wish = { content: contentWith(assetId), targets: [{ accountId }] };
  return valueOf(await api.client.commands.publishNow(wish)).entityId;
}

describe('a post of a recording', () => {
  it('that is still being read waits for it, says so, and goes on by itself', async () => {
    const publishing = await openPublishing({ server });
    const { harness, platform, addAccount, untilPost, untilState } = publishing;
    await harness.startWorkers();
    const assetId = addAsset(publishing);
    const postId = await publishNow(publishing, addAccount(), assetId);
    // Between two tries, which come one soon after the other.
    const { targets } = await untilPost(
      postId,
      (post) => post.state === 'waiting' && kindsOf(post).includes('waits-for-asset'),
    );
    expect(targets[0]?.error).toMatchObject({ code: 'platform.asset-not-ready', retry: 'auto' });
    expect(platform.posts()).toEqual([]);
    setRead(publishing, assetId);
    await untilState(postId, 'published');
    expect(platform.posts()).toHaveLength(1);
  });

  it('whose file is gone waits until it is back', async () => {
    const publishing = await openPublishing({ server });
    const { harness, platform, addAccount, untilPost, untilState } = publishing;
    const assetId = addAsset(publishing, {});
    const postId = await publishNow(publishing, addAccount(), assetId);
    harness.dependencies.assets.setFileMissing(assetId, true);
    await harness.startWorkers();
    const { targets } = await untilPost(postId, (post) => kindsOf(post).includes('waits-for-asset'));
    expect(targets[0]?.error?.code).toBe('storage.vanished');
    expect(platform.posts()).toEqual([]);
    harness.dependencies.assets.setFileMissing(assetId, false);
    await untilState(postId, 'published');
    expect(platform.posts()).toHaveLength(1);
  });

  it('that can never be used fails with the reason and a notice, and nothing is sent', async () => {
    const publishing = await openPublishing({ server });
    const { harness, api, platform, addAccount, untilState } = publishing;
    const assetId = addAsset(publishing, {});
    const postId = await publishNow(publishing, addAccount(), assetId);
    harness.dependencies.assets.setStatus(assetId, 'failed');
    await harness.startWorkers();
    const post = await untilState(postId, 'failed');
    expect(post.targets[0]?.error).toMatchObject({ code: 'platform.asset-unusable', retry: 'user' });
    const { notices } = valueOf(await api.client.commands.listNotices({}));
    expect(notices[0]).toMatchObject({ kind: 'post-problem', target: { screen: 'post', postId } });
    expect(platform.posts()).toEqual([]);
  });

  it('is refused before anything is promised where the platform would refuse it (complaint 10)', async () => {
    const publishing = await openPublishing({ server });
    const { api, addAccount } = publishing;
    const { commands } = api.client;
    const accountId = addAccount();
    const picture = () => addAsset(publishing, {});
    const long = addAsset(publishing, { kind: 'video', durationMs: 181_000 });
    const video = addAsset(publishing, { kind: 'video', durationMs: 10_000 });
    const unfit: [string, string[]][] = [
      ['media-count', Array.from({ length: 5 }, picture)],
      ['media-count', [video, addAsset(publishing, { kind: 'video', durationMs: 10_000 })]],
      ['media-mix', [picture(), video]],
      ['media-duration', [long]],
      ['asset-missing', [randomUUID()]],
    ];
    for (const [rule, assetIds] of unfit) {
      const wish = { content: contentWith(...assetIds), targets: [{ accountId }] };
      const { checks } = valueOf(await commands.checkPost(wish));
      expect(checks[0]?.findings[0]).toMatchObject({ rule, severity: 'error' });
      expect(codeOf(await commands.schedulePost({ ...wish, when: { kind: 'now' } })), rule).toBe(
        'input.over-limit',
      );
    }
    // A part of it that is short enough is taken.
    const clip = { startMs: 0, endMs: 180_000 };
    const part = { parts: [{ text: '', media: [{ assetId: long, altText: '', clip }] }] };
    const fitting = { content: part, targets: [{ accountId }] };
    expect(codeOf(await commands.schedulePost({ ...fitting, when: { kind: 'now' } }))).toBe('ok');
    expect(valueOf(await commands.listPosts({})).posts).toHaveLength(1);
  });
});

/** A feed in a folder, with the real media tools: it takes an MP3, and the recording is FLAC. */
async function openFeed() {
  const harness = await openHarness({ server, publishingTimings: quickTimings });
  onTestFinished(() => harness.close());
  const api = await startTestApi({ dataFolder: harness.dataFolder, temporalAddress: server.address });
  const { commands } = api.client;
  const folder = join(makeFolder(), 'feed');
  const { accountId } = valueOf(await commands.connectFeedAccount({ folder, details: feedDetails }));
  const assetId = await addIngested(harness);
  const schedule = async (title: string, inMs: number, lateness?: LatenessPolicy) =>
    valueOf(
      await commands.schedulePost({
        content: { title, parts: [{ text: 'Listen', media: [{ assetId }] }] },
        targets: [{ accountId }],
        when: { kind: 'at', dueAt: new Date(Date.now() + inMs).toISOString() },
        ...(lateness === undefined ? {} : { lateness }),
      }),
    ).entityId;
  const read = async (postId: string) => valueOf(await commands.readPost({ postId }));
  const fittedFiles = async () => {
    const fitted = join(describeAssetFiles(harness.dataFolder, assetId).folder, 'fitted');
    return existsSync(fitted) ? (await readdir(fitted)).filter((name) => name.endsWith('.mp3')) : [];
  };
  return { harness, commands, folder, schedule, read, fittedFiles };
}

it('media is converted minutes before the post is due, and nothing is sent by that', async () => {
  const { harness, folder, schedule, read, fittedFiles } = await openFeed();
  const postId = await schedule('An episode', 9 * minuteMs);
  const later = await schedule('Another day', 24 * hourMs);
  await harness.startWorkers();
  await until(async () => {
    const post = await read(postId);
    return kindsOf(post).includes('prepared') && post.state === 'waiting';
  });
  expect(await fittedFiles()).toHaveLength(1);
  expect(existsSync(join(folder, 'feed.xml'))).toBe(false);
  await until(async () => kindsOf(await read(later)).includes('scheduled'));
  expect(kindsOf(await read(later))).not.toContain('preparing');
});

it('episodes that came due while no worker was there are published late or visibly missed (complaint 4)', async () => {
  const { harness, commands, folder, schedule, read } = await openFeed();
  const plan = (title: string, beyond: LatenessPolicy['beyond']) =>
    schedule(title, hourMs, { limitMinutes: 0, beyond });
  const [late, asked, skipped] = [
    await plan('Late', 'publish'),
    await plan('Asked', 'ask'),
    await plan('Skipped', 'skip'),
  ];
  // Two hours pass, and nobody works.
  harness.dependencies.database.sqlite
    .prepare('UPDATE post SET due_at = ?')
    .run(new Date(Date.now() - hourMs).toISOString());
  await harness.startWorkers();
  await until(async () => (await read(late)).state === 'published');
  await until(async () => (await read(asked)).state === 'needs-decision');
  await until(async () => (await read(skipped)).state === 'missed');
  expect(kindsOf(await read(late))).toContain('late');
  const { items = [] } = parseRssFeed(await readFile(join(folder, 'feed.xml'), 'utf8'));
  expect(items.map(({ title }) => title)).toEqual(['Late']);
  const { notices } = valueOf(await commands.listNotices({}));
  expect(notices.filter(({ kind }) => kind === 'posts-late')).toHaveLength(1);
});
