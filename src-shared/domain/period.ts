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

/** The zone of this computer's clock. */
export function ownZone(): string {
  return DateTime.local().zoneName;
}
