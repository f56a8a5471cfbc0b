import { randomUUID } from 'node:crypto';
import { blueskyLimits } from '../../../src-connectors/bluesky/shared/bluesky-limits.ts';
import { resolveTime } from '../../../src-shared/domain/due-time.ts';
import type { LatenessPolicy } from '../../../src-shared/domain/lateness.ts';
import { publishingSpacingMs } from '../../../src-shared/domain/platforms/known-platforms.ts';
import { variantContentSchema } from '../../../src-shared/domain/variant-content.ts';
import { createAccountRepository } from '../../accounts.ts';
import { createNoticeRepository } from '../../notices.ts';
import { makeLibrary } from '../../testing/temporary-library.ts';
import { createPostChanges } from '../change-posts.ts';
import type { Claim } from '../claims.ts';
import { createPostQueries } from '../post-queries.ts';
import { createPublishingRepository } from '../publishing.ts';
import { createTriage } from '../triage.ts';

export const hourMs = 3_600_000;
export const spacingMs = 2_500;
export const leaseMs = 20_000;
export const start = Date.parse('2026-11-25T10:00:00.000Z');

/** Only in time. */
export const skip: LatenessPolicy = { limitMinutes: 30, beyond: 'skip' };

export type Desk = ReturnType<typeof openDesk>;

/** A library whose clock is moved by hand: what a laptop that sleeps looks like from within. */
export function openDesk() {
  const database = makeLibrary();
  const clock = { ms: start };
  const now = () => new Date(clock.ms);
  const posts = createPostChanges(database, now);
  const publishing = createPublishingRepository(database, now);
  const spacing = { ...publishingSpacingMs, bluesky: spacingMs };
  const accountId = randomUUID();
  createAccountRepository(database, now).connect({
    accountId,
    name: 'Studio',
    platform: 'bluesky',
    handle: '@studio',
    remoteId: 'did:1',
    serviceUrl: null,
    profileUrl: null,
    settings: { platform: 'bluesky' },
    limits: blueskyLimits,
  });
  return {
    accountId,
    clock,
    database,
    posts,
    publishing,
    triage: createTriage(database, { spacingMs: spacing }, now),
    queries: createPostQueries(database),
    notices: createNoticeRepository(database, now),
    dueIn: (inMs: number) => resolveTime(new Date(clock.ms + inMs).toISOString(), 'Europe/Berlin').due,
    schedule(inMs: number, lateness: LatenessPolicy = { limitMinutes: 60, beyond: 'ask' }): string {
      const postId = randomUUID();
      const content = variantContentSchema.parse({ parts: [{ text: `Due in ${inMs}` }] });
      const targets = [{ accountId, variant: null }];
      posts.insert(postId, { content, targets, due: this.dueIn(inMs), lateness }, 'waiting');
      return postId;
    },
    targetOf(postId: string) {
      const [target] = posts.listTargets(postId);
      if (target === undefined) throw new Error('no target');
      return target;
    },
    stateOf(postId: string) {
      return this.targetOf(postId).state;
    },
    kindsOf: (postId: string) => posts.listReceipts(postId).map(({ kind }) => kind),
    claim(postId: string, owner = 'worker'): Claim | string {
      const { targetId } = this.targetOf(postId);
      return publishing.claimToPublish({ targetId, owner, leaseMs, spacingMs });
    },
    /** Taken for sending, with what will be sent saved. */
    takeInHand(postId: string): string {
      const { targetId } = this.targetOf(postId);
      if (typeof this.claim(postId) === 'string') throw new Error('it cannot be had');
      if (!publishing.saveFrozen(targetId, 'worker', { handle: 'key' }, 0)) throw new Error('not saved');
      return targetId;
    },
  };
}
