import { describe, expect, it } from 'vitest';
import {
  decideRestart,
  defaultRestartPolicy as policy,
  noRestarts,
  type RestartHistory,
} from './restart-policy.ts';

const middle = 0.5;

function decideInARow(count: number, readyForMs: number | null) {
  let history: RestartHistory = noRestarts;
  const delaysMs: number[] = [];
  for (let end = 1; end <= count; end += 1) {
    const decision = decideRestart(policy, history, readyForMs, middle);
    history = decision.history;
    if (decision.action === 'give-up') return { delaysMs, gaveUpAfter: end, history };
    delaysMs.push(decision.delayMs);
  }
  return { delaysMs, gaveUpAfter: undefined, history };
}

describe('decideRestart', () => {
  it('waits twice as long each time, up to a limit', () => {
    expect(decideInARow(8, 10).delaysMs).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
  });

  it('gives up on a process that never becomes ready', () => {
    expect(decideInARow(100, null).gaveUpAfter).toBe(policy.maxFailedStarts);
  });

  it('has more patience with a process that works between its crashes', () => {
    expect(decideInARow(100, 10).gaveUpAfter).toBe(policy.maxEnds);
  });

  it('forgets earlier failures after a healthy minute', () => {
    const { history } = decideInARow(5, null);
    const decision = decideRestart(policy, history, policy.healthyAfterMs, middle);
    expect(decision).toEqual({
      action: 'restart',
      delayMs: policy.firstDelayMs,
      history: { failedStartsInRow: 0, endsInRow: 1 },
    });
  });

  it('spreads the delays by a quarter in both directions', () => {
    const delays = [0, 0.999].map((random) => decideRestart(policy, noRestarts, 1, random));
    expect(delays).toMatchObject([{ delayMs: 75 }, { delayMs: 125 }]);
  });
});
