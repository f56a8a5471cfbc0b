import { execa } from 'execa';
import { Socket } from 'node:net';
import { parseJsonFeed, parseRssFeed } from 'feedsmith';
import { SyntaxValidator } from 'fast-xml-validator';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PublishableMedia } from '../../src-connectors/common/node/connector.ts';
import { createFeedConnector } from '../../src-connectors/feed/node/feed-connector.ts';
import { beginFeed } from '../../src-connectors/feed/node/feed-state.ts';
import { feedLimits } from '../../src-connectors/feed/shared/feed-limits.ts';
import type { FeedDetails } from '../../src-connectors/feed/shared/feed.ts';
import { createManualConnector } from '../../src-connectors/manual/node/manual-connector.ts';
import { openDataFolder } from '../../src-node/data-folder.ts';
import { describeKitFolder } from '../../src-node/post-kits.ts';
import { fitMedia } from '../../src-worker/adapters/media/fit/fit-media.ts';
import { makeContext, makeVariant, type TestContext } from '../fixtures/connector-context.ts';
import { findMediaTools } from '../fixtures/find-media-tools.ts';
import { findPort } from '../fixtures/find-port.ts';
import { sampleSpeechPath } from '../fixtures/make-media.ts';

const details: FeedDetails = {
  title: 'Stories & “Quotes”',
  description: 'A podcast <about> things & people.',
  author: 'Ada Writer',
  ownerEmail: 'ada@example.test',
  language: 'en-GB',
  category: 'Society & Culture > Documentary',
  isExplicit: false,
  baseUrl: 'https://example.test/my podcast/',
};

const connector = createFeedConnector();

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'longhand-feed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await beginFeed(folder);
  return folder;
}

/** Its state is that of a feed without episodes; the recordings stay. */
async function beginAnew(folder: string): Promise<void> {
  await rm(join(folder, 'longhand-feed.json'));
  await beginFeed(folder);
}

function connect(folder: string): TestContext {
  return makeContext({ platform: 'feed', settings: { platform: 'feed', folder, details } });
}

async function makeEpisode(): Promise<PublishableMedia> {
  const folder = await makeFolder();
  const request = { sourcePath: sampleSpeechPath, contentKey: 'jfk', folder, limits: feedLimits, clip: null };
  const { path, mimeType, probe } = await fitMedia(request, findMediaTools(), {
    signal: new AbortController().signal,
  });
  return {
    kind: 'audio',
    path,
    mimeType,
    sizeBytes: probe.sizeBytes,
    durationMs: probe.durationMs,
    widthPx: null,
    heightPx: null,
    altText: '',
    title: 'Speech',
  };
}

async function prepareEpisode(context: TestContext, title: string, text: string) {
  const media = await makeEpisode();
  const variant = makeVariant(text, { title, parts: [{ text, media: [media] }] });
  return { media, variant, frozen: await connector.prepare(variant, context) };
}

async function publishEpisode(context: TestContext, title: string, text: string) {
  const { media, variant, frozen } = await prepareEpisode(context, title, text);
  return { media, variant, frozen, published: await connector.publish(frozen, context) };
}

const readRss = (folder: string) => readFile(join(folder, 'feed.xml'), 'utf8');

function isWellFormed(xml: string): boolean {
  try {
    return SyntaxValidator.validate(xml);
  } catch {
    return false; // It throws for nothing else.
  }
}

/**
 * What podcast directories turn a feed down for (https://podcasters.apple.com/support/823-podcast-requirements) and
 * what RSS 2.0 demands. No validator for podcasts is published as a package; feedsmith parses the feed independently.
 */
function findFaults(xml: string): string[] {
  const faults: string[] = [];
  const check = (isRight: boolean, fault: string) => {
    if (!isRight) faults.push(fault);
  };
  check(isWellFormed(xml), 'it is no well-formed XML');
  const feed = parseRssFeed(xml);
  const { itunes } = feed;
  check(Boolean(feed.title && feed.description && feed.link), 'title, description or link is missing');
  check(/^[a-z]{2,3}(-[a-z0-9]+)*$/iu.test(feed.language ?? ''), 'the language is no language');
  check(Boolean(itunes?.author), 'itunes:author is missing');
  check(itunes?.explicit !== undefined, 'itunes:explicit is missing');
  check(Boolean(itunes?.categories?.[0]?.text), 'itunes:category has no text');
  check(/<itunes:email>[^<]+</u.test(xml), 'itunes:owner is incomplete');
  check(/\.(jpg|png)$/u.test(itunes?.image ?? ''), 'itunes:image is missing');
  check(
    (feed.atom?.links ?? []).some(({ rel }) => rel === 'self'),
    'there is no link to itself',
  );
  const guids = (feed.items ?? []).map(({ guid }) => guid?.value);
  check(new Set(guids).size === guids.length && !guids.includes(undefined), 'guids are not unique');
  for (const item of feed.items ?? []) {
    const [enclosure] = item.enclosures ?? [];
    check(Boolean(item.title), 'an item has no title');
    check(item.guid?.isPermaLink === false, 'a guid passes for an address');
    check(
      /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/u.test(String(item.pubDate)),
      'a pubDate is not RFC 822',
    );
    check(/^https?:\/\/\S+\.(mp3|m4a|mp4)$/u.test(enclosure?.url ?? ''), 'an enclosure has no address');
    check((enclosure?.length ?? 0) > 0, 'an enclosure has no length');
    check(
      ['audio/mpeg', 'audio/x-m4a', 'audio/mp4', 'video/mp4'].includes(enclosure?.type ?? ''),
      'a wrong type',
    );
    check(Number(item.itunes?.duration) > 0, 'an episode has no duration');
  }
  return faults;
}

describe('the feed connector', () => {
  it('writes a podcast feed that directories take', async () => {
    const folder = await makeFolder();
    await execa(findMediaTools().ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1400x1400', '-frames:v', '1', '-update', '1'],
      join(folder, 'cover.jpg'),
    ]);
    const context = connect(folder);
    await publishEpisode(
      context,
      'First: 5 > 4 & ]]>',
      'Notes with https://example.test/?a=1&b=2 and <tags>\u0007.',
    );
    await publishEpisode(context, 'Second', 'More.');

    const xml = await readRss(folder);
    expect(findFaults(xml)).toEqual([]);
    const feed = parseRssFeed(xml);
    expect(feed.title).toBe(details.title);
    expect(feed.itunes?.categories?.[0]).toMatchObject({
      text: 'Society & Culture',
      categories: [{ text: 'Documentary' }],
    });
    expect(feed.items?.map(({ title }) => title)).toEqual(['Second', 'First: 5 > 4 & ]]>']);
    const enclosure = feed.items?.[1]?.enclosures?.[0];
    const file = decodeURIComponent(new URL(enclosure?.url ?? '').pathname.replace('/my%20podcast/', ''));
    expect((await stat(join(folder, file))).size).toBe(enclosure?.length);
  });

  it('needs no network: no connection is opened from the recording to the feed, nor to look or to delete', async () => {
    const opened = vi.spyOn(Socket.prototype, 'connect');
    onTestFinished(() => opened.mockRestore());
    const context = connect(await makeFolder());
    const { frozen, published } = await publishEpisode(context, 'Offline', 'Text.');
    expect(await connector.reconcile(frozen, context)).toMatchObject({ state: 'found' });
    await connector.readMetrics(published, context);
    await connector.remove(published, context);
    expect(opened).not.toHaveBeenCalled();
    // The spy would have seen one.
    await fetch(`http://127.0.0.1:${await findPort()}`).catch(() => undefined);
    expect(opened).toHaveBeenCalled();
  });

  it('notices what a directory would turn down, or the check above proves nothing', async () => {
    const folder = await makeFolder();
    await publishEpisode(connect(folder), 'An episode', 'Text.');
    expect(findFaults(await readRss(folder))).toEqual(['itunes:image is missing']);
    const broken = (await readRss(folder))
      .replace(/length="\d+"/u, 'length="0"')
      .replace('<title>', '<titel>');
    expect(findFaults(broken).length).toBeGreaterThan(2);
  });

  it('writes the same as a JSON feed', async () => {
    const folder = await makeFolder();
    const { published } = await publishEpisode(connect(folder), 'An episode', 'Text.\n\nMore text.');
    const feed = parseJsonFeed(await readFile(join(folder, 'feed.json'), 'utf8'));
    expect(feed).toMatchObject({
      title: details.title,
      feed_url: 'https://example.test/my%20podcast/feed.json',
    });
    expect(feed.items?.[0]).toMatchObject({
      id: published.remoteId,
      content_html: '<p>Text.</p><p>More text.</p>',
      attachments: [{ mime_type: 'audio/mpeg', duration_in_seconds: 11 }],
    });
  });

  it('adds an item once, however often it is sent, and keeps its date', async () => {
    const folder = await makeFolder();
    const context = connect(folder);
    const { frozen } = await publishEpisode(context, 'Once', 'Text.');
    const before = await readRss(folder);
    await Promise.all([connector.publish(frozen, context), connector.publish(frozen, context)]);
    expect(await readRss(folder)).toBe(before);
  });

  it('loses no item of several that are due at once', async () => {
    const folder = await makeFolder();
    const context = connect(folder);
    const frozen = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        connector.prepare(makeVariant(`Text ${index}`, { title: `Post ${index}` }), context),
      ),
    );
    await Promise.all(frozen.map((each) => connector.publish(each, context)));
    expect(parseRssFeed(await readRss(folder)).items).toHaveLength(12);
  });

  it('makes the feeds again where a crash came between the state and them', async () => {
    const folder = await makeFolder();
    const context = connect(folder);
    const { frozen } = await publishEpisode(context, 'Crash', 'Text.');
    await rm(join(folder, 'feed.xml'));
    await connector.publish(frozen, context);
    expect(parseRssFeed(await readRss(folder)).items).toHaveLength(1);
  });

  it('takes the recording of the post as it is now, whatever a crash has left in its place', async () => {
    const folder = await makeFolder();
    const context = connect(folder);
    const { media, variant } = await publishEpisode(context, 'Again', 'Text');
    // As before the episode was written.
    await beginAnew(folder);
    const other = join(await makeFolder(), 'other.mp3');
    await writeFile(other, 'another recording');
    const parts = [{ text: 'Text', media: [{ ...media, path: other }] }];
    const edited = await connector.prepare({ ...variant, parts }, context);
    await connector.publish(edited, context);
    const [name] = await readdir(join(folder, 'media'));
    expect(await readFile(join(folder, 'media', name ?? ''), 'utf8')).toBe('another recording');
    expect(await readRss(folder)).toContain('length="17"');
  });

  it('takes an item out with its recording, and does not let it come back', async () => {
    const folder = await makeFolder();
    const context = connect(folder);
    const { frozen, published } = await publishEpisode(context, 'Taken out', 'Text.');
    expect(await connector.reconcile(frozen, context)).toEqual({ state: 'found', published });
    await connector.remove(published, context);
    expect(await readdir(join(folder, 'media'))).toEqual([]);
    expect(await connector.reconcile(frozen, context)).toEqual({ state: 'removed' });
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({ kind: 'refused' });
  });

  it('leaves no recording behind where a crash came in the middle of taking it out', async () => {
    const folder = await makeFolder();
    const context = connect(folder);
    const { published } = await publishEpisode(context, 'Taken out', 'Text.');
    await publishEpisode(context, 'Stays', 'Text.');
    const stateFile = join(folder, 'longhand-feed.json');
    const state = JSON.parse(await readFile(stateFile, 'utf8')) as { episodes: { guid: string }[] };
    const episodes = state.episodes.filter(({ guid }) => guid !== published.remoteId);
    await writeFile(stateFile, JSON.stringify({ ...state, episodes, removedGuids: [published.remoteId] }));
    await connector.remove(published, context);
    expect(await readdir(join(folder, 'media'))).toEqual([expect.stringMatching(/^stays-/u)]);
    expect(await readRss(folder)).not.toContain('Taken out');
    expect(JSON.parse(await readFile(stateFile, 'utf8'))).toMatchObject({
      removedGuids: [published.remoteId],
    });
  });

  it('waits for a folder that cannot be written, and leaves no half of anything', async () => {
    const folder = await makeFolder();
    const context = connect(folder);
    const { frozen } = await prepareEpisode(context, 'Later', 'Text');
    // Where recordings are to lie there is a file.
    await writeFile(join(folder, 'media'), 'in the way');
    const refused = connector.publish(frozen, context);
    await expect(refused).rejects.toMatchObject({ code: 'platform.folder-unwritable', retry: 'auto' });
    expect((await readdir(folder)).sort()).toEqual(['longhand-feed.json', 'media']);
    await rm(join(folder, 'media'));
    await connector.publish(frozen, context);
    expect((await readdir(folder)).sort()).toEqual(['feed.json', 'feed.xml', 'longhand-feed.json', 'media']);
  });

  it('makes no feed anew where its drive is missing: neither without a folder nor in an empty one', async () => {
    const folder = join(await makeFolder(), 'drive');
    await mkdir(folder);
    await beginFeed(folder);
    const context = connect(folder);
    const { frozen, published } = await publishEpisode(context, 'First', 'Text.');
    const next = await connector.prepare(makeVariant('Text', { title: 'Second' }), context);
    await rename(folder, `${folder} unplugged`);
    for (const call of [
      () => connector.publish(next, context),
      () => connector.reconcile(frozen, context),
      () => connector.remove(published, context),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'platform.folder-missing', retry: 'auto' });
    }
    expect(existsSync(folder)).toBe(false);
    await mkdir(folder);
    await expect(connector.publish(next, context)).rejects.toThrow(
      /Connect its drive or put the folder back/,
    );
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
    await rename(`${folder} unplugged`, folder);
    await connector.publish(next, context);
    expect(parseRssFeed(await readRss(folder)).items?.map(({ title }) => title)).toEqual(['Second', 'First']);
  });
});

describe('posting by hand', () => {
  it('puts caption and files at hand', async () => {
    const dataFolder = openDataFolder(await makeFolder());
    const manual = createManualConnector(dataFolder);
    const context = makeContext({
      platform: 'manual',
      settings: { platform: 'manual', service: 'instagram' },
    });
    const variant = makeVariant('The caption', {
      parts: [{ text: 'The caption', media: [await makeEpisode()] }],
    });
    const frozen = await manual.prepare(variant, context);
    await manual.publish(frozen, context);
    await manual.publish(frozen, context);
    const kit = describeKitFolder(dataFolder, frozen.handle);
    expect((await readdir(kit)).sort()).toEqual(['1.mp3', 'caption.txt']);
    expect(await readFile(join(kit, 'caption.txt'), 'utf8')).toBe('The caption\n');
    expect(await manual.reconcile(frozen, context)).toMatchObject({ state: 'unknown' });
  });
});
