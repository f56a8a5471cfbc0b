import { createRestAPIClient } from 'masto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { FrozenPublication, PublishableMedia } from '../../src-connectors/common/node/connector.ts';
import { PublishError } from '../../src-connectors/common/node/publish-error.ts';
import { comparableHtml } from '../../src-connectors/mastodon/node/compare-status.ts';
import { createMastodonConnector } from '../../src-connectors/mastodon/node/mastodon-connector.ts';
import { mastodonDefaultLimits } from '../../src-connectors/mastodon/shared/mastodon-limits.ts';
import { fitMedia } from '../../src-worker/adapters/media/fit/fit-media.ts';
import { makeContext, makeVariant, type TestContext } from '../fixtures/connector-context.ts';
import type { Fault } from '../fixtures/fault-proxy.ts';
import { findMediaTools } from '../fixtures/find-media-tools.ts';
import { makeMediaCorpus } from '../fixtures/make-media.ts';
import { startMastodonServer, type MastodonServer } from '../fixtures/mastodon-server.ts';

const sending = /\/api\/v1\/statuses$/;
const hourMs = 3_600_000;

/** The stand-in knows the interface; how a real server behaves was not tried. */
describe('the Mastodon connector, against a stand-in for a server', () => {
  let server: MastodonServer;
  const connector = createMastodonConnector();
  beforeAll(async () => {
    server = await startMastodonServer();
  });
  afterAll(() => server.stop());

  function connect(): TestContext {
    return makeContext({
      platform: 'mastodon',
      serviceUrl: server.url,
      settings: { platform: 'mastodon', visibility: 'unlisted' },
      credential: { accessToken: server.accessToken },
    });
  }

  /** What stands there, beside the proxy. */
  async function find(text: string) {
    const client = createRestAPIClient({ url: server.directUrl, accessToken: server.accessToken });
    const { id } = await client.v1.accounts.verifyCredentials();
    const statuses = await client.v1.accounts.$select(id).statuses.list({ limit: 40 });
    return statuses.filter(({ content }) => comparableHtml(content) === text);
  }

  async function deliver(frozen: FrozenPublication, context: TestContext): Promise<string> {
    for (;;) {
      try {
        const sent = connector.publish(frozen, context);
        context.firstSentAt ??= new Date().toISOString();
        return (await sent).remoteId;
      } catch (thrown) {
        if (!(thrown instanceof PublishError) || thrown.retry !== 'auto') throw thrown;
      }
    }
  }

  it('publishes with visibility, language and content warning', async () => {
    const context = connect();
    const variant = makeVariant('with a warning', { contentWarning: 'Spoilers', languages: ['de-AT'] });
    const published = await connector.publish(await connector.prepare(variant, context), context);
    const [status] = await find('with a warning');
    expect(status).toMatchObject({
      id: published.remoteId,
      visibility: 'unlisted',
      spoilerText: 'Spoilers',
      sensitive: true,
      language: 'de',
    });
  });

  it('publishes a thread, each post an answer to the one before', async () => {
    const context = connect();
    const frozen = await connector.prepare(makeVariant(['first of two', 'second of two']), context);
    server.proxy.next(sending, { kind: 'drop-reply' }, { kind: 'answer', status: 500 });
    const remoteId = await deliver(frozen, context);
    const second = await find('second of two');
    expect(second.map(({ inReplyToId }) => inReplyToId)).toEqual([remoteId]);
    expect(await find('first of two')).toHaveLength(1);
  });

  /** Pictures and a video as they are prepared for a server. */
  async function makeMedia(name: string, altText: string): Promise<PublishableMedia> {
    const corpus = await makeMediaCorpus();
    const folder = await mkdtemp(join(tmpdir(), 'longhand-mastodon-media-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const { path, mimeType, probe } = await fitMedia(
      {
        ...{ sourcePath: corpus.path(name), contentKey: name, folder },
        limits: mastodonDefaultLimits,
        clip: null,
      },
      findMediaTools(),
      { signal: new AbortController().signal },
    );
    const { kind, sizeBytes, durationMs, displayWidthPx: widthPx, displayHeightPx: heightPx } = probe;
    return { ...{ kind, path, mimeType, sizeBytes, durationMs, widthPx, heightPx }, altText, title: name };
  }

  it('publishes pictures and a video with what they show, each file as it was prepared', async () => {
    const context = connect();
    const media = [
      await makeMedia('corners.png', 'Four corners'),
      await makeMedia('picture.webp', 'A picture'),
    ];
    const film = [await makeMedia('video.mov', 'A film')];
    const parts = [
      { text: 'two pictures', media },
      { text: 'and a film', media: film },
    ];
    await connector.publish(await connector.prepare(makeVariant('', { parts }), context), context);
    for (const [text, files] of [
      ['two pictures', media],
      ['and a film', film],
    ] as const) {
      const [status] = await find(text);
      expect(status?.mediaAttachments.map(({ type, description }) => [type, description])).toEqual(
        files.map(({ kind, altText }) => [kind, altText]),
      );
      for (const [index, { path }] of files.entries()) {
        const { url } = status?.mediaAttachments[index] ?? {};
        const { pathname } = new URL(url ?? '');
        const stored = await (await fetch(new URL(pathname, server.directUrl))).bytes();
        expect(Buffer.from(stored).equals(await readFile(path))).toBe(true);
      }
    }
  });

  it('sends the files again where the server has forgotten them, and makes one post', async () => {
    const context = connect();
    const media = [await makeMedia('corners.png', 'Four corners')];
    const variant = makeVariant('', { parts: [{ text: 'prepared long ago', media }] });
    const frozen = await connector.prepare(variant, context);
    server.proxy.next(sending, {
      kind: 'answer',
      status: 422,
      body: JSON.stringify({ error: 'no such media' }),
    });
    const before = server.proxy.done.length;
    await connector.publish(frozen, context);
    const calls = server.proxy.done.slice(before).map(({ request }) => request.url.split('/').at(-1));
    expect(calls.filter((call) => call === 'statuses' || call === 'media')).toEqual([
      'statuses',
      'media',
      'statuses',
    ]);
    const [status] = await find('prepared long ago');
    expect(status?.mediaAttachments.map(({ description }) => description)).toEqual(['Four corners']);
  });

  const faults: Fault[] = [
    { kind: 'drop-reply' },
    { kind: 'half-reply' },
    { kind: 'reset' },
    { kind: 'answer', status: 503 },
    { kind: 'lie', status: 500 },
  ];
  it.each(faults)('makes one post however the line fails: $kind $status', async (fault) => {
    const context = connect();
    const text = `exactly once after ${fault.kind}`;
    const frozen = await connector.prepare(makeVariant(text), context);
    server.proxy.next(sending, fault, fault, fault);
    await deliver(frozen, context);
    expect(await find(text)).toHaveLength(1);
  });

  it('looks after the key was forgotten, and sends only what is not there', async () => {
    const context = connect();
    const frozen = await connector.prepare(makeVariant('see https://example.com/ & <this>'), context);
    expect(await connector.reconcile(frozen, context)).toEqual({ state: 'absent' });
    const published = await connector.publish(frozen, context);
    context.firstSentAt = new Date(Date.now() - hourMs).toISOString();
    // The stand-in would know the key still: another one is as good as forgotten.
    const forgotten = { ...frozen, handle: 'another key' };
    expect(await connector.reconcile(forgotten, context)).toEqual({ state: 'found', published });
    expect(await connector.publish(forgotten, context)).toEqual(published);
  });

  it('finds what was sent since the backup that was restored, however long ago', async () => {
    const context = connect();
    const variant = makeVariant('sent after the backup');
    const backupAt = new Date().toISOString();
    const published = await connector.publish(await connector.prepare(variant, context), context);
    context.now = () => new Date(Date.now() + 30 * hourMs);
    const anew = await connector.prepare(variant, context);
    expect(await connector.reconcile(anew, context)).toEqual({ state: 'absent' });
    context.unknownSince = backupAt;
    expect(await connector.reconcile(anew, context)).toEqual({ state: 'found', published });
    expect(await connector.publish({ ...anew, handle: 'a forgotten key' }, context)).toEqual(published);
  });

  it('takes no other post of ours with the same words for this one', async () => {
    const context = connect();
    const text = 'live now, as every week';
    const other = await connector.publish(await connector.prepare(makeVariant(text), context), context);
    context.isAnother = (remoteId) => remoteId === other.remoteId;
    const frozen = await connector.prepare(makeVariant(text), context);
    expect(await connector.reconcile(frozen, context)).toEqual({ state: 'absent' });
    await connector.publish(frozen, context);
    expect(await find(text)).toHaveLength(2);
  });

  it('says that a thread was begun, and adds the rest to it after the key was forgotten', async () => {
    const context = connect();
    const frozen = await connector.prepare(makeVariant(['begun long ago', 'ended today']), context);
    const pass: Fault = { kind: 'delay', delayMs: 0 };
    server.proxy.next(sending, pass, { kind: 'answer', status: 500 });
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({
      kind: 'unknown-outcome',
      isBegun: true,
    });
    context.firstSentAt = new Date(Date.now() - 2 * hourMs).toISOString();
    const forgotten = { ...frozen, handle: 'a key nobody knows' };
    expect(await connector.reconcile(forgotten, context)).toEqual({ state: 'begun' });
    const published = await connector.publish(forgotten, context);
    expect(await find('begun long ago')).toHaveLength(1);
    const answers = await find('ended today');
    expect(answers.map(({ inReplyToId }) => inReplyToId)).toEqual([published.remoteId]);
  });

  it('leaves the decision to the person where nobody can tell', async () => {
    const context = connect();
    const frozen = await connector.prepare(makeVariant('was it there?'), context);
    context.firstSentAt = new Date(Date.now() - hourMs).toISOString();
    expect(await connector.reconcile(frozen, context)).toMatchObject({ state: 'unknown' });
  });

  it('says how long the server asks to wait', async () => {
    const context = connect();
    const frozen = await connector.prepare(makeVariant('slowly'), context);
    server.proxy.next(sending, { kind: 'answer', status: 429, headers: { 'retry-after': '9' } });
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 9_000,
    });
  });

  it('is refused credentials only by a definite no', async () => {
    const context = connect();
    const frozen = await connector.prepare(makeVariant('refused'), context);
    context.credential = { accessToken: 'revoked' };
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({ kind: 'credentials-refused' });
    // A page of some proxy on the way is no answer of the server.
    server.proxy.next(sending, {
      kind: 'answer',
      status: 401,
      headers: { 'content-type': 'text/html' },
      body: '<h1>Sign in to the hotel</h1>',
    });
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({ kind: 'unknown-outcome' });
  });

  it('deletes a thread from its end, and says what remains where that fails', async () => {
    const context = connect();
    const frozen = await connector.prepare(makeVariant(['thread to go', 'and its answer']), context);
    const published = await connector.publish(frozen, context);
    expect(published.answerIds).toHaveLength(1);
    server.proxy.next(new RegExp(`statuses/${published.remoteId}$`, 'u'), { kind: 'answer', status: 503 });
    await expect(connector.remove(published, context)).rejects.toMatchObject({
      message: expect.stringContaining('Of the 2 posts of the thread, 1 may be there still.') as unknown,
      details: { remainingIds: [published.remoteId] },
    });
    expect(await find('and its answer')).toEqual([]);
    await connector.remove(published, context);
    expect(await find('thread to go')).toEqual([]);
  });

  it('counts what became of a post, and deletes it', async () => {
    const context = connect();
    const published = await connector.publish(
      await connector.prepare(makeVariant('to be counted'), context),
      context,
    );
    expect(await connector.readMetrics(published, context)).toMatchObject({ likes: 0, reposts: 0 });
    await connector.remove(published, context);
    await connector.remove(published, context);
    expect(await find('to be counted')).toEqual([]);
  });
});
