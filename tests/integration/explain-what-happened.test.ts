import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPostStore } from '../../src-data/posts/post-store.ts';
import { createAssetRepository } from '../../src-data/assets.ts';
import { createStepRepository } from '../../src-data/steps.ts';
import { valueOf } from '../fixtures/api-harness.ts';
import { addRecording } from '../fixtures/chat-harness.ts';
import { markPublished, openStudio, type TestStudio } from '../fixtures/studio.ts';

/** No model is there in any of these: the cause is read, not written. */
async function openWithoutModel(): Promise<TestStudio> {
  const studio = await openStudio();
  await studio.runtime.kill();
  return studio;
}

async function explain({ client }: TestStudio, entityId?: string, question?: string) {
  return valueOf(
    await client.commands.explainWhatHappened({
      ...(entityId === undefined ? {} : { entityId }),
      ...(question === undefined ? {} : { question }),
    }),
  );
}

describe('why a post was not posted', () => {
  it('is that it is not due yet, or that the work engine has not taken it', async () => {
    const studio = await openWithoutModel();
    const explanation = await explain(studio, studio.brunchId);
    // Temporal is not there in this test, and that is the true cause.
    expect(explanation.cause).toContain('the work engine has not taken it yet');
    expect(explanation.wayOut).not.toBeNull();
    expect(explanation.timeline.map(({ source }) => source)).toEqual(
      expect.arrayContaining(['post', 'receipt', 'audit', 'work-engine']),
    );
    expect(explanation.timeline.filter(({ isCause }) => isCause)).toHaveLength(1);
    const times = explanation.timeline.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(explanation.subject.link).toMatchObject({ kind: 'post', id: studio.brunchId });
  });

  it('is what the platform said, in the words of the error, with the receipt marked', async () => {
    const studio = await openWithoutModel();
    const store = createPostStore(studio.database);
    const [target] = store.listTargets(studio.brunchId);
    if (target === undefined) throw new Error('no target');
    const userMessage =
      'Bluesky refused it: the picture is too large. Nothing was posted. Choose a smaller one.';
    store.setTarget(target, {
      state: 'failed',
      error: { code: 'platform.refused', userMessage, retry: 'user' },
    });
    store.addReceipt({
      postId: studio.brunchId,
      targetId: target.targetId,
      kind: 'failed',
      detail: userMessage,
      errorCode: 'platform.refused',
    });
    const explanation = await explain(studio, undefined, 'Why was the Sunday brunch post not posted?');
    expect(explanation.subject.title).toBe('Sunday brunch is back');
    expect(explanation.cause).toBe(userMessage);
    expect(explanation.timeline.find(({ isCause }) => isCause)).toMatchObject({
      source: 'receipt',
      detail: userMessage,
    });
  });

  it('is that it was cancelled, and by whom', async () => {
    const studio = await openWithoutModel();
    valueOf(await studio.client.commands.cancelPost({ postId: studio.brunchId }));
    expect((await explain(studio, studio.brunchId)).cause).toBe(
      'It was cancelled before it was sent, by you.',
    );
  });

  it('is that it is a draft', async () => {
    const studio = await openWithoutModel();
    expect((await explain(studio, studio.draftId)).cause).toBe('It is a draft: it was never scheduled.');
  });
});

describe('what happened', () => {
  it('to a recording is its step that failed', async () => {
    const studio = await openWithoutModel();
    const assetId = addRecording(studio, 'Broken talk', []);
    const error = {
      code: 'media.truncated',
      userMessage: 'The file ends too early. Copy it again.',
      retry: 'user' as const,
    };
    createStepRepository(studio.database).failIngest(assetId, 'probe', error);
    createAssetRepository(studio.database).setStatus(assetId, 'failed', error);
    const explanation = await explain(studio);
    expect(explanation).toMatchObject({ subject: { title: 'Broken talk' }, cause: error.userMessage });
  });

  it('is nothing, where nothing did, and an id that is not there is refused', async () => {
    const studio = await openWithoutModel();
    expect((await explain(studio)).cause).toContain('Nothing has gone wrong');
    const answer = await studio.client.commands.explainWhatHappened({ entityId: randomUUID() });
    expect(answer).toMatchObject({ ok: false, error: { code: 'input.not-found' } });
  });
});

describe('look-up and numbers', () => {
  it('are read from the records', async () => {
    const studio = await openWithoutModel();
    const { commands } = studio.client;
    const schedule = valueOf(await commands.lookUp({ subject: 'schedule' }));
    expect(schedule.lines.map(({ title, state }) => [title, state])).toEqual([
      ['Sunday brunch is back', 'waiting'],
    ]);
    const drafts = valueOf(
      await commands.lookUp({ subject: 'posts', states: ['draft'], text: 'winter MENU' }),
    );
    expect(drafts.lines.map(({ link }) => link.id)).toEqual([studio.draftId]);
    const accounts = valueOf(await commands.lookUp({ subject: 'accounts', text: 'mastodon' }));
    expect(accounts.lines.map(({ link }) => link.id)).toEqual([studio.mastodonId]);

    const readAt = new Date().toISOString();
    markPublished(studio, studio.brunchId, {
      metrics: { likes: 3, reposts: 1, replies: 0, quotes: 0, views: null, readAt },
    });
    const analytics = valueOf(
      await commands.summariseAnalytics({ to: new Date(Date.now() + 7 * 24 * 3_600_000).toISOString() }),
    );
    expect(analytics).toMatchObject({
      publishedCount: 1,
      failedCount: 0,
      engagement: { likes: 3, reposts: 1, replies: 0 },
      measuredAt: readAt,
    });
    expect(analytics.best.map(({ link }) => link.id)).toEqual([studio.brunchId]);
    expect(analytics.sentences[0]).toContain('1 post was published');
  });
});
