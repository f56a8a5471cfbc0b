import { describe, expect, it } from 'vitest';
import { toPost } from './post-store.ts';
import { hourMs, leaseMs, openDesk, skip, type Desk } from './testing/open-desk.ts';

const daysMs = 72 * hourMs;

/** A post that is due, with its turn. */
function openDue() {
  const desk = openDesk();
  const postId = desk.schedule(0);
  desk.triage.run();
  return { desk, postId };
}

function detailsOf(desk: Desk, postId: string) {
  return desk.posts.listReceipts(postId).map(({ detail }) => detail);
}

describe('a post on its way when everything stands still for days', () => {
  it('is not sent by the step that was planned before and is carried out after', () => {
    const { desk, postId } = openDue();
    const { turnAt } = desk.targetOf(postId);
    desk.clock.ms += daysMs;
    expect(desk.claim(postId)).toBe('not-now');
    // Another turn would make it look as if it had just come due.
    expect(desk.targetOf(postId)).toMatchObject({ state: 'waiting', turnAt });
    expect(desk.triage.run()).toMatchObject({ ask: 1 });
  });

  it('is not sent between being taken in hand and its first byte, whoever looks first', () => {
    const { desk, postId } = openDue();
    const targetId = desk.takeInHand(postId);
    desk.clock.ms += daysMs;
    expect(desk.publishing.beginSending(targetId, 'worker')).toBeNull();
    expect(desk.targetOf(postId)).toMatchObject({ state: 'waiting', maybeSentAt: null, leaseOwner: null });
    expect(desk.triage.run()).toMatchObject({ ask: 1 });
    expect(desk.kindsOf(postId)).toEqual(['publishing', 'prepared', 'interrupted', 'needs-decision']);
  });

  it('is taken up again where it was only a nap', () => {
    const { desk, postId } = openDue();
    const targetId = desk.takeInHand(postId);
    desk.clock.ms += leaseMs + 10_000;
    expect(desk.publishing.beginSending(targetId, 'worker')).toBeNull();
    expect(typeof desk.claim(postId)).toBe('object');
    expect(desk.publishing.beginSending(targetId, 'worker')).not.toBeNull();
  });

  it('is not sent after a look that finds nothing, where it was too late for it by then', () => {
    const { desk, postId } = openDue();
    const targetId = desk.takeInHand(postId);
    expect(desk.publishing.beginSending(targetId, 'worker')).not.toBeNull();
    // The power is cut before anything leaves.
    desk.clock.ms += daysMs;
    desk.triage.run();
    expect(desk.claim(postId)).toMatchObject({ isToLookFirst: true });
    expect(desk.publishing.recordAbsent(targetId, 'worker', 'It is not there.')).toBe(true);
    expect(desk.publishing.beginSending(targetId, 'worker')).toBeNull();
    expect(desk.triage.run()).toMatchObject({ ask: 1 });
    expect(detailsOf(desk, postId).slice(-2)).toEqual([
      'It is not there.',
      'Came due 3 days ago, later than its lateness limit. Publish it, skip it, or give it another time.',
    ]);
  });

  it('is sent to its end where a part of it was found, however late', () => {
    const { desk, postId } = openDue();
    const targetId = desk.takeInHand(postId);
    const firstSentAt = desk.publishing.beginSending(targetId, 'worker');
    desk.clock.ms += daysMs;
    desk.triage.run();
    expect(typeof desk.claim(postId)).toBe('object');
    expect(desk.publishing.recordBegun(targetId, 'worker', 'A part is there.')).toBe(true);
    expect(desk.publishing.beginSending(targetId, 'worker')).toBe(firstSentAt);
  });

  it('cannot be changed while it may have been sent, and says so', () => {
    const { desk, postId } = openDue();
    const targetId = desk.takeInHand(postId);
    desk.publishing.beginSending(targetId, 'worker');
    expect(() => desk.posts.cancel(postId, undefined)).toThrow('is being sent right now');
    desk.publishing.recordRetry(targetId, 'worker', { kind: 'retrying', detail: 'Lost.', afterMs: 60_000 });
    expect(() => desk.posts.cancel(postId, undefined)).toThrow('may have been sent already');
  });

  it('is not put before the creator to be posted by hand', () => {
    const { desk, postId } = openDue();
    const targetId = desk.takeInHand(postId);
    desk.clock.ms += daysMs;
    const outcome = { kind: 'to-mark', detail: 'At hand.' } as const;
    expect(desk.publishing.recordEnd(targetId, 'worker', 'to-mark', outcome)).toBe(false);
    expect(desk.triage.run()).toMatchObject({ ask: 1 });
  });

  it('says that making it ready was interrupted, and nothing of what it was tried for before', () => {
    const desk = openDesk();
    const postId = desk.schedule(60_000, skip);
    const { targetId } = desk.targetOf(postId);
    desk.publishing.claimToPrepare({ targetId, owner: 'worker', leaseMs });
    desk.clock.ms += daysMs;
    desk.triage.run();
    expect(desk.kindsOf(postId)).toEqual(['preparing', 'interrupted', 'missed']);
    expect(detailsOf(desk, postId)[1]).toMatch(/^Making it ready was interrupted/u);
  });

  it('of which a try had failed says no more that it is tried again by itself', () => {
    const { desk, postId } = openDue();
    const targetId = desk.takeInHand(postId);
    const error = { code: 'platform.unreachable', userMessage: 'It is tried again.', retry: 'auto' } as const;
    const outcome = { kind: 'retrying', detail: 'It is tried again.', afterMs: 60_000 } as const;
    desk.publishing.recordRetry(targetId, 'worker', { ...outcome, error });
    desk.clock.ms += daysMs;
    desk.triage.run();
    expect(desk.targetOf(postId)).toMatchObject({ state: 'needs-decision', error: null, nextTryAt: null });
    expect(desk.notices.list({ onlyUnread: true, limit: 10 })).toMatchObject([
      { title: '“Due in 0” could not be sent in time' },
    ]);
  });
});

describe('a post that is late within its limit', () => {
  it('is told of once although it had its turn, and is listed', () => {
    const { desk, postId } = openDue();
    desk.clock.ms += hourMs / 2;
    expect(desk.triage.concerns(postId)).toBe(true);
    expect(desk.triage.run()).toMatchObject({ 'publish-late': 1 });
    expect(desk.triage.concerns(postId)).toBe(false);
    desk.triage.run();
    expect(desk.kindsOf(postId)).toEqual(['late']);
    expect(desk.notices.list({ onlyUnread: true, limit: 10 })).toHaveLength(1);
    expect(desk.queries.listLate(new Date(0).toISOString(), new Date(desk.clock.ms))).toHaveLength(1);
    expect(desk.claim(postId)).toMatchObject({ isToLookFirst: true });
  });

  it('and in hand at that moment, too', () => {
    const { desk, postId } = openDue();
    desk.takeInHand(postId);
    desk.clock.ms += hourMs / 2;
    desk.triage.run();
    expect(desk.kindsOf(postId)).toEqual(['publishing', 'prepared', 'interrupted', 'late']);
    expect(desk.notices.list({ onlyUnread: true, limit: 10 })).toHaveLength(1);
  });

  it('is not told of where it is tried again and again', () => {
    const { desk, postId } = openDue();
    for (let minute = 0; minute < 50; minute += 10) {
      const targetId = desk.takeInHand(postId);
      const outcome = { kind: 'retrying', detail: 'Nobody answers.', afterMs: 1_000 } as const;
      desk.publishing.recordRetry(targetId, 'worker', outcome);
      desk.clock.ms += 10 * 60_000;
      desk.triage.run();
    }
    expect(desk.kindsOf(postId)).not.toContain('late');
    expect(desk.notices.list({ onlyUnread: true, limit: 10 })).toEqual([]);
  });
});

describe('the word of the creator that a post may be late', () => {
  it('holds from when it was said: a sleep of days after it is asked about, also where it would be skipped', () => {
    const desk = openDesk();
    const postId = desk.schedule(0, skip);
    desk.clock.ms += daysMs;
    desk.triage.run();
    expect(desk.stateOf(postId)).toBe('missed');
    expect(desk.posts.decideLate(postId, true)).toBe(1);
    expect(desk.triage.run()).toMatchObject({ 'on-time': 1 });
    // The line is down for longer than the post's own limit, and it is sent all the same.
    desk.clock.ms += 50 * 60_000;
    desk.triage.run();
    expect(desk.stateOf(postId)).toBe('waiting');
    desk.clock.ms += daysMs;
    expect(desk.claim(postId)).toBe('not-now');
    expect(desk.triage.run()).toMatchObject({ ask: 1 });
  });

  it('is not given by trying again what is not due yet', () => {
    const desk = openDesk();
    const postId = desk.schedule(hourMs);
    desk.posts.stopForAccount(desk.accountId, 'Studio');
    desk.posts.retry(desk.targetOf(postId));
    desk.clock.ms += daysMs;
    expect(desk.triage.run()).toMatchObject({ ask: 1 });
  });

  it('is not given by publishing it now', () => {
    const desk = openDesk();
    const postId = desk.schedule(hourMs);
    desk.posts.moveTo(postId, desk.dueIn(0));
    expect(desk.triage.run()).toMatchObject({ 'on-time': 1 });
    desk.clock.ms += daysMs;
    expect(desk.triage.run()).toMatchObject({ ask: 1 });
  });
});

describe('while a platform wants nothing of an account', () => {
  it('its posts grow late, and each goes by its own limit after that', () => {
    const desk = openDesk();
    const [first, second] = [desk.schedule(0), desk.schedule(0)];
    const [third, fourth] = [desk.schedule(10_000, skip), desk.schedule(20_000)];
    desk.triage.run();
    const targetId = desk.takeInHand(first);
    const pause = { kind: 'rate-limited', detail: 'Wait.', afterMs: 45 * 60_000 } as const;
    desk.publishing.recordRateLimit(targetId, 'worker', pause);
    desk.clock.ms += 20_000;
    expect(desk.triage.run()).toEqual({ 'on-time': 0, 'publish-late': 0, ask: 0, skip: 0 });
    expect(desk.notices.list({ onlyUnread: true, limit: 10 })).toEqual([]);
    desk.clock.ms += 45 * 60_000;
    desk.triage.run();
    const states = [first, second, third, fourth].map((postId) => desk.stateOf(postId));
    expect(states).toEqual(['waiting', 'waiting', 'missed', 'waiting']);
    expect(desk.kindsOf(fourth)).toEqual(['late']);
  });
});

describe('a clock that was ahead', () => {
  it('holds nobody up by the lease of a worker that is gone', () => {
    const desk = openDesk();
    const postId = desk.schedule(0);
    desk.clock.ms += hourMs;
    desk.triage.run();
    expect(typeof desk.claim(postId, 'gone')).toBe('object');
    desk.clock.ms -= hourMs - 60_000;
    expect(typeof desk.claim(postId)).toBe('object');
    // And whoever comes back has lost it.
    expect(desk.publishing.renewLease(desk.targetOf(postId).targetId, 'gone', leaseMs)).toBe(false);
  });

  it('leaves no turn behind that lies in the future', () => {
    const desk = openDesk();
    const postId = desk.schedule(hourMs / 2);
    desk.clock.ms += hourMs;
    desk.triage.run();
    expect(desk.targetOf(postId).turnAt).not.toBeNull();
    desk.clock.ms -= hourMs;
    const { targetId } = desk.targetOf(postId);
    desk.publishing.claimToPrepare({ targetId, owner: 'worker', leaseMs });
    desk.publishing.endPreparing(targetId, 'worker');
    desk.clock.ms += hourMs / 2;
    expect(desk.triage.run()).toMatchObject({ 'on-time': 1 });
    expect(desk.targetOf(postId).turnAt).toBe(new Date(desk.clock.ms).toISOString());
  });
});

describe('a worker that wakes up long after another has taken its place', () => {
  const there = { remoteId: '1', url: null };

  function openFound() {
    const { desk, postId } = openDue();
    const targetId = desk.takeInHand(postId);
    desk.publishing.beginSending(targetId, 'worker');
    return { desk, postId, targetId };
  }

  it('does not take a deletion back by saying that the post is there', () => {
    const { desk, postId, targetId } = openFound();
    desk.publishing.recordPublished(targetId, there, 'Found.');
    desk.posts.askToDelete(desk.targetOf(postId));
    expect(desk.publishing.recordPublished(targetId, there, 'Sent.')).toBe(false);
    expect(desk.stateOf(postId)).toBe('deleting');
    desk.publishing.recordDeleted(targetId, 'Gone.');
    expect(desk.publishing.recordPublished(targetId, there, 'Sent.')).toBe(false);
    expect(desk.stateOf(postId)).toBe('deleted');
  });

  it('says that a post is there which was cancelled since, when nobody knew', () => {
    const { desk, postId, targetId } = openFound();
    const outcome = { kind: 'unconfirmed', detail: 'Nobody can say.' } as const;
    desk.publishing.recordEnd(targetId, 'worker', 'unconfirmed', outcome);
    desk.posts.cancel(postId, undefined);
    expect(desk.publishing.recordPublished(targetId, there, 'Sent.')).toBe(true);
    expect(desk.stateOf(postId)).toBe('published');
  });
});

describe('the numbers of a post that was published before a sleep', () => {
  function publish(desk: Desk, postId: string): string {
    const targetId = desk.takeInHand(postId);
    desk.publishing.beginSending(targetId, 'worker');
    desk.publishing.recordPublished(targetId, { remoteId: '1', url: null }, 'There.');
    return targetId;
  }
  const metrics = { readAt: '', likes: 1, reposts: 0, replies: 0, quotes: null, views: null };

  it('are read once for all the times that have passed', () => {
    const { desk, postId } = openDue();
    const targetId = publish(desk, postId);
    const publishedMs = desk.clock.ms;
    desk.clock.ms += 30 * hourMs;
    desk.publishing.recordMetrics(targetId, metrics);
    const weekAfter = new Date(publishedMs + 7 * 24 * hourMs).toISOString();
    expect(desk.targetOf(postId)).toMatchObject({ metricsCount: 2, metricsDueAt: weekAfter });
    desk.clock.ms += 30 * 24 * hourMs;
    desk.publishing.recordMetrics(targetId, metrics);
    expect(desk.targetOf(postId)).toMatchObject({ metricsCount: 3, metricsDueAt: null });
    expect(desk.kindsOf(postId).filter((kind) => kind === 'measured')).toHaveLength(2);
  });

  it('are read after an hour, a day and a week where nothing comes between', () => {
    const { desk, postId } = openDue();
    const targetId = publish(desk, postId);
    const publishedMs = desk.clock.ms;
    const times: number[] = [];
    for (let due = desk.targetOf(postId).metricsDueAt; due !== null;) {
      desk.clock.ms = Date.parse(due);
      times.push((desk.clock.ms - publishedMs) / hourMs);
      desk.publishing.recordMetrics(targetId, metrics);
      due = desk.targetOf(postId).metricsDueAt;
    }
    expect(times).toEqual([1, 24, 7 * 24]);
    expect(toPost(desk.posts.get(postId)).targets[0]?.metrics).toEqual(metrics);
  });
});
