import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';
import { decideLateness, type LatenessPolicy } from './lateness.ts';
import { planTarget, prepareAheadMs, type TargetFacts } from './plan-target.ts';
import { targetStateSchema, type TargetState } from './post.ts';
import { followingStates, isActive, mayFollow, stateOfPost } from './target-state.ts';

const states = fc.constantFrom(...targetStateSchema.options);

describe('the states of a target', () => {
  const after = (state: TargetState) =>
    targetStateSchema.options.filter((to) => to !== state && mayFollow(state, to));

  it('end with deleted and with cancelled unless it is wanted again or there after all, and from published lead to deletion alone', () => {
    expect(after('deleted')).toEqual([]);
    expect(after('cancelled')).toEqual(['waiting', 'published']);
    expect(after('published')).toEqual(['deleting', 'deleted']);
    expect(after('deleting')).toEqual(['published', 'deleted']);
  });

  it('lead from anywhere but the end to published', () => {
    for (const start of targetStateSchema.options.filter((state) => state !== 'deleted')) {
      const reached = new Set<TargetState>([start]);
      for (const state of reached) followingStates[state].forEach((next) => reached.add(next));
      expect(reached.has('published'), start).toBe(true);
    }
  });

  it('never lead from what was sent back to what can be cancelled without a look', () => {
    expect(mayFollow('publishing', 'cancelled')).toBe(false);
    expect(mayFollow('publishing', 'missed')).toBe(false);
  });
});

describe('the state of a post', () => {
  it('is partial exactly where its accounts have ended differently', () => {
    expect(stateOfPost(['published', 'failed'])).toBe('partial');
    expect(stateOfPost(['published', 'cancelled'])).toBe('published');
    expect(stateOfPost(['cancelled', 'cancelled'])).toBe('cancelled');
    expect(stateOfPost(['waiting', 'publishing'])).toBe('publishing');
    expect(stateOfPost(['waiting', 'published'])).toBe('partial');
  });

  it('is that of what is left where something of it was deleted', () => {
    expect(stateOfPost(['published', 'deleted'])).toBe('published');
    expect(stateOfPost(['published', 'deleting'])).toBe('deleting');
    expect(stateOfPost(['failed', 'deleting'])).toBe('partial');
    expect(stateOfPost(['deleted', 'cancelled'])).toBe('deleted');
  });

  it('does not depend on the order, and is that of all where all agree', () => {
    fc.assert(
      fc.property(fc.array(states, { minLength: 1, maxLength: 6 }), (all) => {
        expect(stateOfPost(all)).toBe(stateOfPost(all.toReversed()));
        const [first] = all;
        if (first !== undefined) expect(stateOfPost(all.map(() => first))).toBe(first);
      }),
    );
  });
});

describe('the next step of a target', () => {
  const facts: TargetFacts = {
    state: 'waiting',
    dueAtMs: 1_000_000_000,
    turnAtMs: null,
    nextTryAtMs: null,
    isBlocked: false,
    leaseUntilMs: null,
    isFrozen: false,
    prepareCount: 0,
    metricsDueAtMs: null,
  };
  const due = 1_000_000_000;

  it('is to wait, then to prepare ahead, then to publish at its turn', () => {
    expect(planTarget(facts, 0)).toEqual({ kind: 'wait', untilMs: due - prepareAheadMs });
    expect(planTarget(facts, due - prepareAheadMs)).toEqual({ kind: 'prepare' });
    expect(planTarget({ ...facts, isFrozen: true }, due - 1)).toEqual({ kind: 'wait', untilMs: due });
    expect(planTarget({ ...facts, isFrozen: true, turnAtMs: due + 5 }, due)).toEqual({
      kind: 'wait',
      untilMs: due + 5,
    });
    expect(planTarget({ ...facts, turnAtMs: due + 5 }, due + 5)).toEqual({ kind: 'publish' });
  });

  it('is taken up again only when the lease of the one who had it has run out', () => {
    const held = { ...facts, state: 'publishing', leaseUntilMs: due + 100 } as const;
    expect(planTarget(held, due + 99)).toEqual({ kind: 'wait', untilMs: due + 100 });
    expect(planTarget(held, due + 100)).toEqual({ kind: 'publish' });
  });

  it('is never to publish before the due time, whatever else is so', () => {
    const times = fc.option(fc.integer({ min: 0, max: 2 * due }), { nil: null });
    const anyFacts = fc.record({
      state: fc.constantFrom('waiting', 'preparing'),
      dueAtMs: fc.integer({ min: 1, max: 2 * due }),
      turnAtMs: times,
      nextTryAtMs: times,
      isBlocked: fc.boolean(),
      leaseUntilMs: times,
      isFrozen: fc.boolean(),
      prepareCount: fc.nat(5),
      metricsDueAtMs: times,
    }) as fc.Arbitrary<TargetFacts & { dueAtMs: number }>;
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 0, max: 2 * due }), (any, nowMs) => {
        const step = planTarget(any, nowMs);
        if (step.kind === 'publish') expect(nowMs).toBeGreaterThanOrEqual(any.dueAtMs);
        // What waits, waits for a time to come: the workflow never spins.
        if (step.kind === 'wait') expect(step.untilMs).toBeGreaterThan(nowMs);
      }),
    );
  });

  it('is to delete what is to be deleted, unless somebody does, or it waits', () => {
    const deleting = { ...facts, state: 'deleting' } as const;
    expect(planTarget(deleting, 5)).toEqual({ kind: 'delete' });
    expect(planTarget({ ...deleting, leaseUntilMs: 9 }, 5)).toEqual({ kind: 'wait', untilMs: 9 });
    expect(planTarget({ ...deleting, nextTryAtMs: 9 }, 5)).toEqual({ kind: 'wait', untilMs: 9 });
    expect(planTarget({ ...deleting, isBlocked: true }, 5).kind).toBe('wait');
  });

  it('goes on by itself in exactly the active states', () => {
    for (const state of targetStateSchema.options) {
      const isOver = planTarget({ ...facts, state }, 0).kind === 'over';
      expect(isOver, state).toBe(!isActive(state));
    }
  });
});

describe('lateness', () => {
  const policy: LatenessPolicy = { limitMinutes: 60, beyond: 'ask' };

  it('is forgiven for a minute, allowed up to the limit, and then decided by the policy', () => {
    expect(decideLateness(policy, 59_000)).toBe('on-time');
    expect(decideLateness(policy, 59 * 60_000)).toBe('publish-late');
    expect(decideLateness(policy, 61 * 60_000)).toBe('ask');
    expect(decideLateness({ ...policy, beyond: 'skip' }, 61 * 60_000)).toBe('skip');
    expect(decideLateness({ ...policy, beyond: 'publish' }, 1e12)).toBe('publish-late');
  });
});

describe('the pause before another try', () => {
  it('grows, is shortened by at most half, and never exceeds its longest', () => {
    const backOff = { firstMs: 1_000, longestMs: 60_000 };
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
        const pauseMs = backOffMs(backOff, failures, chance);
        const longest = Math.min(60_000, 1_000 * 2 ** Math.min(failures, 30));
        expect(pauseMs).toBeLessThanOrEqual(longest);
        expect(pauseMs).toBeGreaterThanOrEqual(longest / 2);
      }),
    );
  });
});
