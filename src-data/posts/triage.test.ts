import { describe, expect, it } from 'vitest';
import { variantContentSchema } from '../../src-shared/domain/variant-content.ts';
import { hourMs, leaseMs, openDesk, skip, spacingMs, start, type Desk } from './testing/open-desk.ts';

describe('after days of sleep', () => {
  it('each post is published late, asked about or missed by its own limit, and one notice says so (complaint 4)', () => {
    const desk = openDesk();
    const late = desk.schedule(71 * hourMs + 30 * 60_000);
    const asked = desk.schedule(hourMs);
    const skipped = desk.schedule(hourMs, { limitMinutes: 30, beyond: 'skip' });
    const whenever = desk.schedule(2 * hourMs, { limitMinutes: 0, beyond: 'publish' });
    const future = desk.schedule(100 * hourMs);
    desk.clock.ms += 72 * hourMs;
    expect(desk.triage.run()).toEqual({ 'on-time': 0, 'publish-late': 2, ask: 1, skip: 1 });
    expect([late, asked, skipped, whenever, future].map((postId) => desk.targetOf(postId).state)).toEqual([
      'waiting',
      'needs-decision',
      'missed',
      'waiting',
      'waiting',
    ]);
    expect(desk.notices.list({ onlyUnread: true, limit: 10 })).toMatchObject([
      {
        kind: 'posts-late',
        title: '4 posts came due while nobody was there',
        body: '2 go out late, one after the other; 1 waiting for your decision; 1 missed. Nothing was sent twice.',
        target: { screen: 'late-posts' },
      },
    ]);
    const listed = desk.queries.listLate(new Date(start).toISOString(), new Date(desk.clock.ms));
    expect(listed.map(({ postId }) => postId).sort()).toEqual([late, asked, skipped, whenever].sort());
    expect(desk.triage.run()).toEqual({ 'on-time': 0, 'publish-late': 0, ask: 0, skip: 0 });
  });

  it('what is sent late goes out one after the other in the order in which it was due (complaint 13)', () => {
    const desk = openDesk();
    const always = { limitMinutes: 0, beyond: 'publish' } as const;
    const postIds = [5, 3, 4, 1, 2].map((hours) => desk.schedule(hours * hourMs, always));
    desk.clock.ms += 72 * hourMs;
    desk.triage.run();
    const turns = postIds.map(
      (postId) => (Date.parse(desk.targetOf(postId).turnAt ?? '') - desk.clock.ms) / spacingMs,
    );
    expect(turns).toEqual([4, 2, 3, 0, 1]);
  });

  it('and what was late is looked for on its platform before it is sent', () => {
    const desk = openDesk();
    const postId = desk.schedule(hourMs);
    desk.clock.ms += hourMs + 30 * 60_000;
    desk.triage.run();
    expect(desk.claim(postId)).toMatchObject({ isToLookFirst: true });
  });
});

describe('the pace of an account', () => {
  it('holds even where all its turns have passed in a nap', () => {
    const desk = openDesk();
    const postIds = Array.from({ length: 20 }, () => desk.schedule(1_000));
    desk.clock.ms += 1_000;
    desk.triage.run();
    desk.clock.ms += 9 * 60_000;
    const claims = postIds.map((postId) => desk.claim(postId));
    const taken = claims.flatMap((claim) => (typeof claim === 'string' ? [] : [claim.startAfterMs]));
    // A few wait for their moment within the try; the others get another turn.
    expect(taken).toEqual(taken.map((_, index) => index * spacingMs));
    expect(taken.at(-1)).toBeLessThanOrEqual(5_000);
    const others = postIds.slice(taken.length);
    expect(claims.slice(taken.length)).toEqual(others.map(() => 'not-its-turn'));
    const turns = others.map((postId) => Date.parse(desk.targetOf(postId).turnAt ?? '') - desk.clock.ms);
    expect(turns).toEqual(others.map((_, index) => (taken.length + index) * spacingMs));
  });

  it('ends for a while when the platform asks for it: also for what waits within a try, is interrupted or only claimed late', () => {
    const desk = openDesk();
    const asked = desk.schedule(1_000);
    const begun = desk.schedule(2_000);
    const interrupted = desk.schedule(3_000);
    const late = desk.schedule(4_000);
    desk.clock.ms += 9 * 60_000;
    desk.triage.run();
    for (const postId of [asked, begun, interrupted]) expect(desk.claim(postId)).toBeTypeOf('object');
    const pauseMs = 60_000;
    desk.publishing.recordRateLimit(desk.targetOf(asked).targetId, 'worker', {
      ...{ kind: 'rate-limited', detail: 'Wait.', afterMs: pauseMs },
    });
    const heldUntil = new Date(desk.clock.ms + pauseMs).toISOString();

    const { targetId } = desk.targetOf(begun);
    expect(desk.publishing.saveFrozen(targetId, 'worker', { handle: 'key' }, 0)).toBe(true);
    expect(desk.publishing.beginSending(targetId, 'worker')).toBeNull();
    expect(desk.targetOf(begun)).toMatchObject({ state: 'waiting', nextTryAt: heldUntil, leaseOwner: null });
    desk.clock.ms += 21_000;
    for (const postId of [interrupted, late]) {
      expect(desk.claim(postId, 'another worker')).toBe('not-its-turn');
      expect(desk.targetOf(postId)).toMatchObject({ state: 'waiting', nextTryAt: heldUntil });
    }
    desk.clock.ms = Date.parse(heldUntil);
    expect(desk.claim(begun)).toMatchObject({ startAfterMs: 0 });
    expect(desk.publishing.beginSending(targetId, 'worker')).toBe(heldUntil);
  });

  it('that a platform has asked for makes nothing late that waits for its place in the queue', () => {
    const desk = openDesk();
    const postIds = Array.from({ length: 80 }, () => desk.schedule(0, { limitMinutes: 1, beyond: 'ask' }));
    desk.triage.run();
    const last = postIds.at(-1) ?? '';
    const turnMs = Date.parse(desk.targetOf(last).turnAt ?? '');
    expect(turnMs - desk.clock.ms).toBe(79 * spacingMs);
    desk.clock.ms += 70 * spacingMs;
    const asking = desk.targetOf(postIds[70] ?? '');
    expect(typeof desk.claim(asking.postId)).toBe('object');
    const pause = { kind: 'rate-limited', detail: 'Wait.', afterMs: 10_000 } as const;
    desk.publishing.recordRateLimit(asking.targetId, 'worker', pause);
    desk.clock.ms += 10_000;
    expect(desk.targetOf(last).turnAt).toBeNull();
    expect(desk.triage.run()).toMatchObject({ skip: 0 });
    expect(desk.targetOf(last)).toMatchObject({
      state: 'waiting',
      expectedAt: new Date(turnMs).toISOString(),
    });
  });

  it('sends two thousand posts of one minute within the rate limit, and loses none', async () => {
    const desk = openDesk();
    const postIds = desk.database.transaction(() =>
      Array.from({ length: 2_000 }, () => desk.schedule(60_000)),
    );
    desk.clock.ms += 60_000;
    const running = desk.triage.runInParts();
    expect(desk.triage.runInParts()).toBe(running);
    // Nobody waits for all of them: what is asked for meanwhile is done between two parts.
    expect(postIds.some((postId) => desk.targetOf(postId).turnAt === null)).toBe(true);
    expect((await running)['on-time']).toBe(2_000);
    expect(postIds.some((postId) => desk.triage.concerns(postId))).toBe(false);
    const turns = postIds
      .map((postId) => Date.parse(desk.targetOf(postId).turnAt ?? ''))
      .sort((a, b) => a - b);
    expect(turns.every((turn, index) => turn === desk.clock.ms + index * spacingMs)).toBe(true);
  });

  it('is held for everything of the account while the platform asks to wait', () => {
    const desk = openDesk();
    const first = desk.schedule(1_000);
    const second = desk.schedule(1_000);
    desk.clock.ms += 1_000;
    desk.triage.run();
    expect(typeof desk.claim(first)).toBe('object');
    desk.publishing.recordRateLimit(desk.targetOf(first).targetId, 'worker', {
      kind: 'rate-limited',
      detail: 'Wait.',
      afterMs: hourMs / 2,
    });
    const heldUntil = new Date(desk.clock.ms + hourMs / 2).toISOString();
    desk.triage.run();
    expect(desk.targetOf(second)).toMatchObject({ turnAt: null, nextTryAt: heldUntil });
    desk.clock.ms = Date.parse(heldUntil);
    desk.triage.run();
    const turns = [first, second].map((postId) => desk.targetOf(postId).turnAt);
    expect(turns[1]).toBe(heldUntil);
    expect(desk.claim(second)).toMatchObject({ startAfterMs: 0 });
  });

  it('does not stand still when the clock is set back', () => {
    const desk = openDesk();
    const first = desk.schedule(1_000);
    const second = desk.schedule(2_000);
    desk.clock.ms += 5_000;
    desk.triage.run();
    expect(typeof desk.claim(first)).toBe('object');
    desk.clock.ms -= 2_000;
    expect(typeof desk.claim(second)).toBe('object');
  });
});

describe('after a clock that was an hour ahead was set right', () => {
  it('what is to go out now does, and not an hour later', () => {
    const desk = openDesk();
    const early = desk.schedule(0);
    desk.clock.ms += hourMs;
    desk.triage.run();
    expect(typeof desk.claim(early)).toBe('object');
    desk.clock.ms -= hourMs;
    const next = desk.schedule(0);
    desk.triage.run();
    expect(desk.targetOf(next).turnAt).toBe(new Date(desk.clock.ms).toISOString());
    expect(desk.claim(next)).toMatchObject({ startAfterMs: 0 });
    const afterIt = desk.schedule(0);
    desk.triage.run();
    expect(desk.targetOf(afterIt).turnAt).toBe(new Date(desk.clock.ms + spacingMs).toISOString());
  });
});

describe('a claim', () => {
  it('belongs to one worker at a time, and passes on when its lease has run out', () => {
    const desk = openDesk();
    const postId = desk.schedule(0);
    desk.triage.run();
    expect(typeof desk.claim(postId, 'one')).toBe('object');
    expect(desk.claim(postId, 'two')).toBe('busy');
    desk.clock.ms += 20_001;
    expect(typeof desk.claim(postId, 'two')).toBe('object');
    const { targetId } = desk.targetOf(postId);
    // The first one wakes up again, and may neither send nor say that it failed.
    expect(desk.publishing.beginSending(targetId, 'one')).toBeNull();
    const outcome = { kind: 'failed', detail: 'Late.' } as const;
    expect(desk.publishing.recordEnd(targetId, 'one', 'failed', outcome)).toBe(false);
    // That it is there is a fact, whoever knows it.
    expect(desk.publishing.recordPublished(targetId, { remoteId: '1', url: null }, 'There.')).toBe(true);
    expect(desk.publishing.recordPublished(targetId, { remoteId: '2', url: null }, 'There.')).toBe(false);
  });

  it('is refused before the due time, whatever Temporal’s timer says', () => {
    const desk = openDesk();
    const postId = desk.schedule(hourMs);
    expect(desk.claim(postId)).toBe('not-now');
  });

  it('of what was prepared for other words is not kept', () => {
    const desk = openDesk();
    const postId = desk.schedule(hourMs);
    const { targetId } = desk.targetOf(postId);
    const claim = desk.publishing.claimToPrepare({ targetId, owner: 'worker', leaseMs: 20_000 });
    expect(typeof claim).toBe('object');
    desk.posts.rewrite(postId, { content: variantContentSchema.parse({ parts: [{ text: 'Other words' }] }) });
    expect(desk.publishing.saveFrozen(targetId, 'worker', { handle: 'old' }, 0)).toBe(false);
    expect(desk.targetOf(postId)).toMatchObject({ state: 'waiting', frozen: null });
  });
});

describe('what somebody had in hand when the power was cut or the lid closed', () => {
  /** Made ready ahead of its time. */
  function prepare(desk: Desk, postId: string) {
    const { targetId } = desk.targetOf(postId);
    expect(typeof desk.publishing.claimToPrepare({ targetId, owner: 'worker', leaseMs })).toBe('object');
    return targetId;
  }

  it('is decided about by its lateness like everything else, and told of in the same notice', () => {
    const desk = openDesk();
    const asked = desk.schedule(60_000);
    const skipped = desk.schedule(60_000, skip);
    const late = desk.schedule(60_000, { limitMinutes: 0, beyond: 'publish' });
    const sending = desk.schedule(30_000, skip);
    for (const postId of [asked, skipped, late]) prepare(desk, postId);
    desk.clock.ms += 30_000;
    desk.triage.run();
    expect(typeof desk.claim(sending)).toBe('object');

    desk.clock.ms += 72 * hourMs;
    expect(desk.triage.concerns(asked)).toBe(true);
    expect(desk.triage.run()).toEqual({ 'on-time': 0, 'publish-late': 1, ask: 1, skip: 2 });
    expect([asked, skipped, late, sending].map((postId) => desk.targetOf(postId).state)).toEqual([
      'needs-decision',
      'missed',
      'waiting',
      'missed',
    ]);
    expect(desk.notices.list({ onlyUnread: true, limit: 10 })).toMatchObject([
      { title: '4 posts came due while nobody was there' },
    ]);
    // Whoever wakes up with it in hand has lost it.
    for (const postId of [asked, skipped, late, sending]) {
      const { targetId } = desk.targetOf(postId);
      expect(desk.publishing.renewLease(targetId, 'worker', leaseMs)).toBe(false);
      expect(desk.publishing.beginSending(targetId, 'worker')).toBeNull();
    }
  });

  it('cannot be kept by whoever wakes up first', () => {
    const desk = openDesk();
    const targetId = prepare(desk, desk.schedule(60_000, skip));
    desk.clock.ms += leaseMs - 1;
    expect(desk.publishing.renewLease(targetId, 'worker', leaseMs)).toBe(true);
    desk.clock.ms += 72 * hourMs;
    expect(desk.publishing.renewLease(targetId, 'worker', leaseMs)).toBe(false);
    expect(desk.publishing.claimToPrepare({ targetId, owner: 'other', leaseMs })).toBe('not-now');
    expect(desk.triage.run()).toMatchObject({ skip: 1 });
  });

  it('is left to the one who has it, and looked after on the platform where something may have been sent', () => {
    const desk = openDesk();
    const inHand = desk.schedule(10_000);
    prepare(desk, inHand);
    const sent = desk.schedule(0, skip);
    desk.triage.run();
    const { targetId } = desk.targetOf(sent);
    expect(typeof desk.claim(sent)).toBe('object');
    expect(desk.publishing.saveFrozen(targetId, 'worker', { handle: 'key' }, 0)).toBe(true);
    expect(desk.publishing.beginSending(targetId, 'worker')).not.toBeNull();

    desk.clock.ms += 15_000;
    expect(desk.triage.run()).toEqual({ 'on-time': 0, 'publish-late': 0, ask: 0, skip: 0 });
    expect(desk.targetOf(inHand).state).toBe('preparing');
    desk.clock.ms += 72 * hourMs;
    desk.triage.run();
    expect(desk.targetOf(inHand).state).toBe('needs-decision');
    expect(desk.targetOf(sent).state).toBe('publishing');
    expect(desk.publishing.renewLease(targetId, 'worker', leaseMs)).toBe(true);
  });

  it('is sent on time where a worker that died a moment ago had it', () => {
    const desk = openDesk();
    const postId = desk.schedule(10_000);
    prepare(desk, postId);
    desk.clock.ms += leaseMs + 10_000;
    expect(desk.claim(postId)).toBe('not-now');
    expect(desk.triage.run()).toMatchObject({ 'on-time': 1 });
    expect(typeof desk.claim(postId)).toBe('object');
  });
});

describe('receipts', () => {
  it('are written once and never changed', () => {
    const desk = openDesk();
    const postId = desk.schedule(hourMs);
    desk.posts.addReceipt({ postId, kind: 'accepted', detail: 'Scheduled.' });
    const { sqlite } = desk.database;
    expect(() => sqlite.prepare(`UPDATE post_receipt SET detail = 'x'`).run()).toThrow(/append-only/);
    expect(() => sqlite.prepare('DELETE FROM post_receipt').run()).toThrow(/append-only/);
  });
});
