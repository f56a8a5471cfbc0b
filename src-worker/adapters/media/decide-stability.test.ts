import { describe, expect, it } from 'vitest';
import { decideStability, type FileObservation } from './decide-stability.ts';

const policy = { quietMs: 4000, intervalMs: 1000 };
const at = (atMs: number, sizeBytes: number, modifiedMs = 0): FileObservation => ({
  atMs,
  file: { sizeBytes, modifiedMs },
});

describe('deciding whether a file has stopped growing', () => {
  it('is stable once size and time have been the same for long enough', () => {
    expect(decideStability([at(0, 5), at(1000, 10), at(5000, 10)], policy)).toEqual({ decision: 'stable' });
  });

  it('is growing right after a change, and says when to look again', () => {
    expect(decideStability([at(0, 5), at(3900, 10)], policy)).toEqual({
      decision: 'growing',
      lookAgainInMs: 1000,
    });
    expect(decideStability([at(0, 10), at(3500, 10)], policy)).toEqual({
      decision: 'growing',
      lookAgainInMs: 500,
    });
  });

  it('counts a rewrite of the same size as a change', () => {
    expect(decideStability([at(0, 10, 1), at(4000, 10, 2)], policy).decision).toBe('growing');
  });

  it('starts anew after a pause in which the file grew again', () => {
    const observations = [at(0, 10), at(4000, 10), at(5000, 20), at(6000, 20)];
    expect(decideStability(observations, policy).decision).toBe('growing');
  });

  it('never takes an empty file for finished', () => {
    expect(decideStability([at(0, 0), at(60_000, 0)], policy).decision).toBe('empty');
  });

  it('notices that the file went away, and came back', () => {
    const gone: FileObservation = { atMs: 5000, file: null };
    expect(decideStability([at(0, 10), gone], policy).decision).toBe('vanished');
    expect(decideStability([at(0, 10), gone, at(6000, 10)], policy).decision).toBe('growing');
  });

  it('wants at least one look', () => {
    expect(decideStability([], policy).decision).toBe('growing');
  });
});
