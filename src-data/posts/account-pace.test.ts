import { describe, expect, it } from 'vitest';
import { makeLibrary } from '../testing/temporary-library.ts';
import { createAccountPace } from './account-pace.ts';

const account = '0b0f4dc5-7f1f-4f0a-8d52-0f2a44f3a001';
const other = '0b0f4dc5-7f1f-4f0a-8d52-0f2a44f3a002';
const spacingMs = 2_000;
const startMs = Date.parse('2026-11-25T10:00:00.000Z');
const at = (ms: number) => new Date(startMs + ms);

describe('the pace of an account', () => {
  it('gives turns one after the other, however many ask at once, and each account its own', () => {
    const pace = createAccountPace(makeLibrary());
    const turns = Array.from({ length: 4 }, () => Date.parse(pace.takeTurn(account, at(0), spacingMs)));
    expect(turns.map((turn) => turn - startMs)).toEqual([0, 2_000, 4_000, 6_000]);
    expect(pace.takeTurn(other, at(0), spacingMs)).toBe(at(0).toISOString());
    // A queue that has run empty begins anew.
    expect(pace.takeTurn(account, at(60_000), spacingMs)).toBe(at(60_000).toISOString());
  });

  it('lets a try begin only as long after the last one as the platform wants, or sends it back to the queue', () => {
    const pace = createAccountPace(makeLibrary());
    const starts = Array.from({ length: 4 }, () => pace.reserveStart(account, at(0), spacingMs));
    expect(starts).toEqual([0, 2_000, 4_000, null]);
    expect(pace.takeTurn(account, at(0), spacingMs)).toBe(at(6_000).toISOString());
    expect(pace.reserveStart(other, at(0), spacingMs)).toBe(0);
  });

  it('keeps nobody waiting for what a clock that was set back calls the future', () => {
    const pace = createAccountPace(makeLibrary());
    expect(pace.reserveStart(account, at(3_600_000), spacingMs)).toBe(0);
    expect(pace.reserveStart(account, at(0), spacingMs)).toBe(0);
  });

  it('gives turns of today, and not of the time that a clock told that was set back', () => {
    const early = createAccountPace(makeLibrary());
    early.takeTurn(account, at(3_600_000), spacingMs);
    early.reserveStart(account, at(3_600_000), spacingMs);
    const turns = Array.from({ length: 3 }, () => Date.parse(early.takeTurn(account, at(0), spacingMs)));
    expect(turns.map((turn) => turn - startMs)).toEqual([0, 2_000, 4_000]);

    const unused = createAccountPace(makeLibrary());
    unused.takeTurn(account, at(3_600_000), spacingMs);
    expect(unused.takeTurn(account, at(0), spacingMs)).toBe(at(0).toISOString());
    expect(unused.takeTurn(account, at(0), spacingMs)).toBe(at(2_000).toISOString());

    const late = createAccountPace(makeLibrary());
    late.reserveStart(account, at(3_600_000), spacingMs);
    expect(late.reserveStart(account, at(0), spacingMs)).toBe(0);
    expect(late.takeTurn(account, at(0), spacingMs)).toBe(at(2_000).toISOString());
  });

  it('sends nothing before the time that the platform has asked for, whatever it says after', () => {
    const pace = createAccountPace(makeLibrary());
    pace.hold(account, at(0), 30_000);
    pace.hold(account, at(1_000), 4_000);
    expect(pace.findHold(account, at(2_000))).toBe(at(30_000).toISOString());
    expect(pace.reserveStart(account, at(2_000), spacingMs)).toBeNull();
    expect(pace.takeTurn(account, at(2_000), spacingMs)).toBe(at(30_000).toISOString());
    expect(pace.reserveStart(account, at(27_000), spacingMs)).toBe(3_000);
    expect(pace.findHold(account, at(30_000))).toBeNull();
    expect(pace.findHold(other, at(2_000))).toBeNull();
  });

  it('forgets what it was asked for when the clock is set back', () => {
    const pace = createAccountPace(makeLibrary());
    pace.hold(account, at(3_600_000), 30_000);
    expect(pace.findHold(account, at(0))).toBeNull();
    expect(pace.reserveStart(account, at(0), spacingMs)).toBe(0);
  });
});
