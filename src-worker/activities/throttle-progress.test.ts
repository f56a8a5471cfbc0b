import { describe, expect, it } from 'vitest';
import { throttleProgress, type ProgressReport } from './throttle-progress.ts';

function recordWith(): {
  at: (nowMs: number) => void;
  written: ProgressReport[];
  report: ReturnType<typeof throttleProgress>;
} {
  const written: ProgressReport[] = [];
  let nowMs = 0;
  const report = throttleProgress({ write: (each) => written.push(each), now: () => nowMs });
  return { at: (given) => (nowMs = given), written, report };
}

describe('throttled progress', () => {
  it('writes the first report at once and then at most twice a second', () => {
    const { at, written, report } = recordWith();
    for (let ms = 0; ms <= 1000; ms += 100) {
      at(ms);
      report(ms / 10_000, null);
    }
    expect(written.map(({ progress }) => progress)).toEqual([0, 0.05, 0.1]);
  });

  it('estimates the time left from what was done since the first report', () => {
    const { at, written, report } = recordWith();
    report(0.5);
    at(10_000);
    report(0.75);
    expect(written.at(-1)).toEqual({ progress: 0.75, remainingMs: 10_000 });
  });

  it('estimates nothing in the first moments, or while nothing is known', () => {
    const { at, written, report } = recordWith();
    report(0);
    at(1000);
    report(0.5);
    at(60_000);
    report(null);
    expect(written.map(({ remainingMs }) => remainingMs)).toEqual([null, null, null]);
  });

  it('believes the work where it says itself how long it will take', () => {
    const { written, report } = recordWith();
    report(0.1, 1234);
    expect(written).toEqual([{ progress: 0.1, remainingMs: 1234 }]);
  });
});
