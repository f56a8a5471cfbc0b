import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blueskyLimits } from '../../src-connectors/bluesky/shared/bluesky-limits.ts';
import { resolveTime } from '../../src-shared/domain/due-time.ts';
import type { ErrorCode } from '../../src-shared/domain/error-codes.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { variantContentSchema } from '../../src-shared/domain/variant-content.ts';
import { createAccountRepository } from '../accounts.ts';
import { makeLibrary } from '../testing/temporary-library.ts';
import { createPostChanges } from './change-posts.ts';
import { createPublishingRepository } from './publishing.ts';

const minuteMs = 60_000;
const owner = 'worker';

/** A post that is due, and a worker that tries. */
function openDesk() {
  const database = makeLibrary();
  const clock = { ms: Date.parse('2026-11-25T10:00:00.000Z') };
  const now = () => new Date(clock.ms);
  const posts = createPostChanges(database, now);
  const publishing = createPublishingRepository(database, now);
  const [accountId, postId] = [randomUUID(), randomUUID()];
  createAccountRepository(database, now).connect({
    ...{ accountId, name: 'Studio', platform: 'bluesky', handle: '@studio', remoteId: 'did:1' },
    ...{ serviceUrl: null, profileUrl: null, settings: { platform: 'bluesky' }, limits: blueskyLimits },
  });
  const { due } = resolveTime(now().toISOString(), 'Europe/Berlin');
  const content = variantContentSchema.parse({ parts: [{ text: 'Hello' }] });
  const targets = [{ accountId, variant: null }];
  // However late: one that is not would be asked about after an hour.
  const lateness = { limitMinutes: 0, beyond: 'publish' } as const;
  posts.insert(postId, { content, targets, due, lateness }, 'waiting');
  const targetId = posts.listTargets(postId)[0]?.targetId ?? '';
  const claim = () => publishing.claimToPublish({ targetId, owner, leaseMs: 20_000, spacingMs: 0 });
  return {
    ...{ clock, posts, publishing, postId, targetId, claim },
    receipts: () => posts.listReceipts(postId),
    kinds: () => posts.listReceipts(postId).map(({ kind }) => kind),
    /** A try that ends as this, and minutes until the next. */
    tryAndWait(code: ErrorCode, { isPrepared = false } = {}) {
      expect(typeof claim()).toBe('object');
      if (isPrepared) publishing.saveFrozen(targetId, owner, { handle: 'key' }, 0);
      const error = new AppError({ code, userMessage: 'It waits.', retry: 'auto' }).toDto();
      const kind = code === 'platform.folder-missing' ? 'waits-for-folder' : 'waits-for-account';
      publishing.recordRetry(targetId, owner, { kind, detail: 'It waits.', error, afterMs: minuteMs });
      clock.ms += 10 * minuteMs;
    },
    succeed() {
      expect(typeof claim()).toBe('object');
      publishing.saveFrozen(targetId, owner, { handle: 'key' }, 0);
      publishing.beginSending(targetId, owner);
      publishing.recordPublished(targetId, { remoteId: '1', url: null }, 'Published.');
    },
  };
}

describe('the chain of a post that waits for weeks', () => {
  it('has one link for all tries that end in the same wait, which says how often and when last', () => {
    const desk = openDesk();
    for (let count = 0; count < 60; count += 1) desk.tryAndWait('credentials.locked');
    const lastAt = new Date(desk.clock.ms - 10 * minuteMs).toISOString();
    expect(desk.receipts()).toMatchObject([
      { kind: 'publishing', attempt: 1, repeats: null },
      { kind: 'waits-for-account', attempt: 1, repeats: { count: 59, lastAt } },
    ]);
    desk.succeed();
    expect(desk.receipts().slice(1)).toMatchObject([
      { kind: 'waits-for-account', repeats: { count: 59, lastAt } },
      {
        kind: 'publishing',
        attempt: 61,
        detail: 'Another try begins, after 59 that ended in the same wait.',
      },
      { kind: 'prepared' },
      { kind: 'published' },
    ]);
  });

  it('has a link of its own for every other reason, and for what comes after the person did something', () => {
    const desk = openDesk();
    desk.tryAndWait('credentials.locked');
    desk.tryAndWait('credentials.lost');
    desk.tryAndWait('platform.folder-missing');
    desk.posts.addReceipt({ postId: desk.postId, kind: 'edited', detail: 'Changed before it was sent.' });
    desk.tryAndWait('platform.folder-missing');
    expect(desk.kinds()).toEqual([
      ...['publishing', 'waits-for-account'],
      ...['publishing', 'waits-for-account'],
      ...['publishing', 'waits-for-folder', 'edited'],
      ...['publishing', 'waits-for-folder'],
    ]);
    expect(desk.receipts().map(({ repeats }) => repeats)).toEqual(Array(9).fill(null));
    desk.tryAndWait('platform.folder-missing');
    expect(desk.receipts().at(-1)?.repeats?.count).toBe(1);
  });

  it('says that a try began as soon as anything may have been sent, whatever becomes of the worker', () => {
    const desk = openDesk();
    const before = ['publishing', 'prepared', 'waits-for-account'];
    desk.tryAndWait('credentials.locked', { isPrepared: true });
    expect(typeof desk.claim()).toBe('object');
    // The worker dies before it has done anything; the next one takes over, and gets further.
    desk.clock.ms += minuteMs;
    expect(typeof desk.claim()).toBe('object');
    expect(desk.kinds()).toEqual(before);
    desk.publishing.beginSending(desk.targetId, owner);
    expect(desk.kinds()).toEqual([...before, 'publishing']);
    expect(desk.receipts().at(-1)?.attempt).toBe(3);
  });
});
