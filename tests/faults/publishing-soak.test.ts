import { describe, expect, it } from 'vitest';
import { runSoak } from '../soak/run-soak.ts';

/** A busy computer takes its time to settle. */
const settleWithinMs = 12 * 60_000;

describe('publishing while everything fails', () => {
  it('loses no post and doubles none: the line breaks, and worker, Temporal and api are killed', async () => {
    const { lost, doubled, untrue, hasty, states, kills } = await runSoak({
      rounds: 12,
      seed: 20_261_125,
      roundMs: 1_000,
      killEveryMs: 2_500,
      settleWithinMs,
      onNote: () => undefined,
    });
    expect({ lost, doubled, untrue, hasty }).toEqual({ lost: [], doubled: [], untrue: [], hasty: 0 });
    expect(states).toEqual({ published: 12 });
    expect(Object.keys(kills).length).toBeGreaterThan(0);
  });

  it('sends all the same, once each, where only the api is killed amid the sends', async () => {
    const { lost, doubled, untrue, states, kills } = await runSoak({
      rounds: 6,
      seed: 20_261_126,
      roundMs: 800,
      killEveryMs: 900,
      settleWithinMs,
      victims: ['api'],
      isLineBad: false,
      onNote: () => undefined,
    });
    expect({ lost, doubled, untrue }).toEqual({ lost: [], doubled: [], untrue: [] });
    expect(states).toEqual({ published: 6 });
    expect(kills['api']).toBeGreaterThan(0);
    expect(Object.keys(kills)).toEqual(['api']);
  });
});
