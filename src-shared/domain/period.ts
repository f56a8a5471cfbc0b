import { DateTime } from 'luxon';
import type { Period } from './access.ts';

/** When the day, week (from Monday) or month that this instant lies in began, on the clocks of a zone. */
export function periodStart(period: Period, at: Date, zone: string): Date {
  return DateTime.fromJSDate(at, { zone }).startOf(period).toJSDate();
}

/** When the next one begins. */
export function nextPeriodStart(period: Period, at: Date, zone: string): Date {
  return DateTime.fromJSDate(at, { zone })
    .startOf(period)
    .plus({ [period]: 1 })
    .toJSDate();
}

const rememberZoneMs = 1_000;
let remembered: { zone: string; atMs: number } | undefined;

/** The zone of this computer's clock. Finding out takes half a millisecond, and a command asks several times. */
export function ownZone(): string {
  const atMs = Date.now();
  if (remembered === undefined || Math.abs(atMs - remembered.atMs) > rememberZoneMs) {
    remembered = { zone: DateTime.local().zoneName, atMs };
  }
  return remembered.zone;
}
