import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createBlueskyConnector } from '../../src-connectors/bluesky/node/bluesky-connector.ts';
import { signIn } from '../../src-connectors/bluesky/node/bluesky-session.ts';
import { blueskyLimits } from '../../src-connectors/bluesky/shared/bluesky-limits.ts';
import type {
  Connector,
  FrozenPublication,
  PublishableMedia,
} from '../../src-connectors/common/node/connector.ts';
import { PublishError } from '../../src-connectors/common/node/publish-error.ts';
import { fitMedia } from '../../src-worker/adapters/media/fit/fit-media.ts';
import { findMediaTools } from '../fixtures/find-media-tools.ts';
import { makeMediaCorpus } from '../fixtures/make-media.ts';
import type { Fault } from '../fixtures/fault-proxy.ts';
import { startBlueskyServer, type BlueskyAccount, type BlueskyServer } from '../fixtures/bluesky-server.ts';
import { makeContext, makeVariant, type TestContext } from '../fixtures/connector-context.ts';

const sending = /applyWrites/;

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the Bluesky connector, against the real server', () => {
  let server: BlueskyServer;
  let account: BlueskyAccount;
  let number = 0;
  const connector: Connector = createBlueskyConnector();

  beforeAll(async () => {
    server = await startBlueskyServer();
  });
  afterAll(() => server.stop());

  /** An account of its own for each test, connected with an app password. */
  async function connect(): Promise<TestContext> {
    number += 1;
    account = await server.createAccount(`writer${number}`);
    const appPassword = await account.createAppPassword('longhand');
    const signal = new AbortController().signal;
    const request = { serviceUrl: server.url, identifier: account.handle, appPassword };
    const credential = await signIn(request, signal, () => new Date());
    return makeContext({ platform: 'bluesky', settings: { platform: 'bluesky' }, credential });
  }

  /** As the workflow does it: send, look after an unknown outcome, send again where it is absent. */
  async function deliver(frozen: FrozenPublication, context: TestContext): Promise<string> {
    for (;;) {
      try {
        const sent = connector.publish(frozen, context);
        context.firstSentAt ??= new Date().toISOString();
        return (await sent).remoteId;
      } catch (thrown) {
        if (!(thrown instanceof PublishError)) throw thrown;
        if (thrown.kind === 'refused' || thrown.kind === 'credentials-refused') throw thrown;
      }
    }
  }

  const texts = async () => (await account.listPosts()).map(({ value }) => value['text']);

  it('publishes a text with its links, mentions and tags marked', async () => {
    const context = await connect();
    const other = await server.createAccount(`friend${number}`);
    const text = `Hello @${other.handle}, see https://example.com/a/very/long/path/indeed #art @nobody.test`;
    const frozen = await connector.prepare(makeVariant(text, { languages: ['en'] }), context);
    const published = await connector.publish(frozen, context);

    const [post] = await account.listPosts();
    expect(post?.uri).toBe(published.remoteId);
    expect(post?.value).toMatchObject({
      text: `Hello @${other.handle}, see example.com/a/very/long/… #art @nobody.test`,
      langs: ['en'],
      createdAt: frozen.createdAt,
      facets: [
        { features: [{ $type: 'app.bsky.richtext.facet#mention', did: other.did }] },
        { features: [{ uri: 'https://example.com/a/very/long/path/indeed' }] },
        { features: [{ tag: 'art' }] },
      ],
    });
  });

  it('publishes a thread at once, each post an answer to the one before', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant(['one', 'two', 'three']), context);
    await connector.publish(frozen, context);
    const posts = (await account.listPosts()).sort((left, right) => left.uri.localeCompare(right.uri));
    expect(posts.map(({ value }) => value['text'])).toEqual(['one', 'two', 'three']);
    const [one, two, three] = posts;
    expect(two?.value['reply']).toEqual({
      root: { uri: one?.uri, cid: one?.cid },
      parent: { uri: one?.uri, cid: one?.cid },
    });
    expect(three?.value['reply']).toEqual({
      root: { uri: one?.uri, cid: one?.cid },
      parent: { uri: two?.uri, cid: two?.cid },
    });
  });

  async function fit(name: string): Promise<PublishableMedia> {
    const corpus = await makeMediaCorpus();
    const folder = await mkdtemp(join(tmpdir(), 'longhand-bluesky-media-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const sourcePath = corpus.path(name);
    const wish = { sourcePath, contentKey: name, folder, limits: blueskyLimits, clip: null };
    const { path, mimeType, probe } = await fitMedia(wish, findMediaTools(), {
      signal: new AbortController().signal,
    });
    return {
      kind: probe.kind,
      path,
      mimeType,
      sizeBytes: probe.sizeBytes,
      durationMs: probe.durationMs,
      widthPx: probe.displayWidthPx,
      heightPx: probe.displayHeightPx,
      altText: `What ${name} shows`,
      title: name,
    };
  }

  it('publishes up to four pictures with what they show and their shape', async () => {
    const context = await connect();
    const names = ['large.png', 'orientation-6.jpg', 'picture.webp', 'corners.png'];
    const media = await Promise.all(names.map((name) => fit(name)));
    const variant = makeVariant('pictures', { parts: [{ text: 'pictures', media }] });
    await connector.publish(await connector.prepare(variant, context), context);
    const [post] = await account.listPosts();
    const { images } = post?.value['embed'] as { images: { alt: string; aspectRatio: object }[] };
    expect(images.map(({ alt }) => alt)).toEqual(names.map((name) => `What ${name} shows`));
    expect(images.map(({ aspectRatio }) => aspectRatio)).toEqual(
      media.map(({ widthPx, heightPx }) => ({ width: widthPx, height: heightPx })),
    );
  });

  it('publishes a video, and sends its file again where the server has forgotten it', async () => {
    const context = await connect();
    const media = [await fit('video.mov')];
    const frozen = await connector.prepare(
      makeVariant('moving', { parts: [{ text: 'moving', media }] }),
      context,
    );
    server.proxy.next(sending, {
      kind: 'answer',
      status: 400,
      body: JSON.stringify({ error: 'BlobNotFound', message: 'Could not find blob' }),
    });
    const before = server.proxy.done.length;
    await connector.publish(frozen, context);
    const calls = server.proxy.done.slice(before).map(({ request }) => request.url.split('.').at(-1));
    expect(calls).toEqual(['applyWrites', 'uploadBlob', 'applyWrites']);
    const [post] = await account.listPosts();
    expect(post?.value['embed']).toMatchObject({
      $type: 'app.bsky.embed.video',
      alt: 'What video.mov shows',
    });
  });

  it('shows a card for a link', async () => {
    const context = await connect();
    const withCard = createBlueskyConnector({
      readCard: (url) =>
        Promise.resolve({
          url,
          title: 'A page',
          description: 'About it.',
          picture: { bytes: onePixel, mimeType: 'image/png' },
        }),
    });
    const frozen = await withCard.prepare(makeVariant('see https://example.com/page'), context);
    await withCard.publish(frozen, context);
    const [post] = await account.listPosts();
    expect(post?.value['embed']).toMatchObject({
      $type: 'app.bsky.embed.external',
      external: { uri: 'https://example.com/page', title: 'A page', description: 'About it.' },
    });
  });

  const faults: Fault[] = [
    { kind: 'drop-reply' },
    { kind: 'half-reply' },
    { kind: 'reset' },
    { kind: 'answer', status: 500 },
    { kind: 'answer', status: 502 },
    { kind: 'lie', status: 500 },
    { kind: 'lie', status: 503 },
    { kind: 'delay', delayMs: 300 },
  ];
  it.each(faults)('makes one post however the line fails: $kind $status', async (fault) => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('exactly once'), context);
    server.proxy.next(sending, fault, fault, fault);
    await deliver(frozen, context);
    expect(await texts()).toEqual(['exactly once']);
  });

  it('makes one post of two workers that send at once', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('only one'), context);
    const sent = await Promise.all(Array.from({ length: 8 }, () => connector.publish(frozen, context)));
    expect(new Set(sent.map(({ remoteId }) => remoteId)).size).toBe(1);
    expect(await texts()).toEqual(['only one']);
  });

  it('gives the same answer to a worker that was killed before it could save it', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('again'), context);
    const first = await connector.publish(frozen, context);
    context.firstSentAt = new Date().toISOString();
    expect(await connector.publish(JSON.parse(JSON.stringify(frozen)) as FrozenPublication, context)).toEqual(
      first,
    );
    expect(await texts()).toEqual(['again']);
  });

  it('finds what was sent by what is made anew of it, as after a backup was restored', async () => {
    const context = await connect();
    const variant = makeVariant(['sent before', 'and its answer']);
    const first = await connector.publish(await connector.prepare(variant, context), context);
    const anew = await connector.prepare(variant, context);
    expect(await connector.reconcile(anew, context)).toEqual({ state: 'found', published: first });
    expect(await connector.publish(anew, context)).toEqual(first);
    expect(await texts()).toHaveLength(2);
    // What is sent again on purpose is another post.
    const again = await connector.prepare({ ...variant, targetId: `${variant.targetId}:2` }, context);
    expect(await connector.reconcile(again, context)).toEqual({ state: 'absent' });
  });

  it('does not bring back a post that the creator has deleted on Bluesky', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('a slip'), context);
    server.proxy.next(sending, { kind: 'drop-reply' });
    // The first look after the lost reply fails as well: nobody here knows that the post is there.
    server.proxy.next(/getRecord/, { kind: 'reset' });
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    const [post] = await account.listPosts();
    await account.deletePost(post?.uri ?? '');

    expect(await connector.reconcile(frozen, context)).toEqual({ state: 'removed' });
    context.firstSentAt = new Date().toISOString();
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({ kind: 'refused' });
    // And a sending that was under way all the time is refused by the server itself.
    context.firstSentAt = null;
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({ kind: 'refused' });
    expect(await texts()).toEqual([]);
  });

  it('tells what is there, what never arrived, and that it cannot be told while nobody answers', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('look'), context);
    expect(await connector.reconcile(frozen, context)).toEqual({ state: 'absent' });
    const published = await connector.publish(frozen, context);
    expect(await connector.reconcile(frozen, context)).toEqual({ state: 'found', published });
    server.proxy.next(/getRecord/, { kind: 'reset' });
    await expect(connector.reconcile(frozen, context)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('says how long the platform asks to wait', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('slowly'), context);
    server.proxy.next(sending, { kind: 'answer', status: 429, headers: { 'retry-after': '7' } });
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 7_000,
      retry: 'auto',
    });
    expect(await texts()).toEqual([]);
  });

  it('is refused for good what the platform will never take', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('x'.repeat(301)), context);
    await expect(connector.publish(frozen, context)).rejects.toMatchObject({
      kind: 'refused',
      retry: 'user',
    });
  });

  /** As it is after the computer slept: the access token has run out, the session has not. */
  async function letExpire(context: TestContext): Promise<void> {
    const { session } = context.credential as { session: { accessJwt: string } };
    const accessJwt = await server.expire(session.accessJwt);
    context.credential = { ...context.credential, session: { ...session, accessJwt } };
  }

  it('renews an expired session and saves it', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('renewed'), context);
    await letExpire(context);
    const before = server.proxy.done.length;
    await connector.publish(frozen, context);
    expect(context.savedCount).toBe(1);
    const calls = server.proxy.done.slice(before).map(({ request }) => request.url);
    expect(calls.filter((url) => url.includes('refreshSession'))).toHaveLength(1);
    expect(calls.some((url) => url.includes('createSession'))).toBe(false);
    expect(await texts()).toEqual(['renewed']);
  });

  it('does not take a broken line while a session is renewed for a refusal (complaint 6)', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('later'), context);
    await letExpire(context);
    const failures: Fault[] = [{ kind: 'reset' }, { kind: 'answer', status: 500 }, { kind: 'drop-reply' }];
    for (const failure of failures) {
      server.proxy.next(/refreshSession/, failure);
      await expect(connector.publish(frozen, context)).rejects.toMatchObject({ kind: 'unreachable' });
    }
    await connector.publish(frozen, context);
    expect(await texts()).toEqual(['later']);
  });

  it('signs in again where the session is not renewed, and is refused only when the password is too', async () => {
    const context = await connect();
    const { session } = context.credential as { session: Record<string, unknown> };
    const dead = { ...session, accessJwt: 'x.y.z', refreshJwt: 'x.y.z' };
    const frozen = await connector.prepare(makeVariant('signed in again'), context);
    context.credential = { ...context.credential, session: dead };
    await connector.publish(frozen, context);
    expect(await texts()).toEqual(['signed in again']);

    const next = await connector.prepare(makeVariant('never'), context);
    await account.revokeAppPassword('longhand');
    context.credential = { ...context.credential, session: dead };
    server.proxy.next(/createSession/, { kind: 'answer', status: 500 });
    await expect(connector.publish(next, context)).rejects.toMatchObject({ kind: 'unreachable' });
    await expect(connector.publish(next, context)).rejects.toMatchObject({ kind: 'credentials-refused' });
  });

  it('deletes a thread as a whole, and says what remains where that fails', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant(['one', 'two', 'three']), context);
    const published = await connector.publish(frozen, context);
    expect(published.answerIds).toHaveLength(2);
    server.proxy.next(/applyWrites/, { kind: 'answer', status: 500 });
    await expect(connector.remove(published, context)).rejects.toMatchObject({
      message: expect.stringContaining('Of the 3 posts of the thread, 3 may be there still.') as unknown,
      details: { remainingIds: [published.remoteId, ...(published.answerIds ?? [])] },
    });
    expect(await texts()).toHaveLength(3);
    await account.deletePost(published.answerIds?.[0] ?? '');
    await connector.remove(published, context);
    expect(await texts()).toEqual([]);
  });

  it('deletes a post, and finds nothing wrong where it is gone already', async () => {
    const context = await connect();
    const frozen = await connector.prepare(makeVariant('gone'), context);
    const published = await connector.publish(frozen, context);
    await connector.remove(published, context);
    await connector.remove(published, context);
    expect(await texts()).toEqual([]);
  });
});
