import { DateTime } from 'luxon';
import { appLanguage } from './app-language.ts';
import { AppError } from './errors.ts';
import type { DueTime } from './post.ts';

/** How a wished time became a due time. `isMoved`: the clocks skip it on that day, so it became a later one. */
export interface ResolvedTime {
  due: DueTime;
  isMoved: boolean;
}

const localFormat = "yyyy-MM-dd'T'HH:mm";

/**
 * A wish as an instant with its zone. With an offset it is an instant already. Without one it is a wall-clock time: one
 * that comes twice on that day counts the first time; one that the clocks skip moves on by what they skip.
 *
 * @throws AppError `input.invalid` for a time or zone that does not exist
 */
export function resolveTime(wish: string, zone: string): ResolvedTime {
  if (!isZone(zone)) {
    throw new AppError({
      code: 'input.invalid',
      userMessage: `“${zone}” is not a time zone. Nothing was changed. Give one like Europe/Berlin.`,
      retry: 'never',
      details: { zone },
    });
  }
  const read = DateTime.fromISO(wish, { zone });
  if (!read.isValid) {
    throw new AppError({
      code: 'input.invalid',
      userMessage: `“${wish}” is not a time. Nothing was changed. Give one like 2026-11-25T10:00.`,
      retry: 'never',
      details: { wish },
    });
  }
  const isInstant = /(Z|[+-]\d{2}:?\d{2})$/.test(wish);
  const chosen = isInstant ? read : firstOf(read);
  const localTime = chosen.toFormat(localFormat);
  return {
    due: { dueAt: toInstant(chosen), zone, localTime },
    isMoved: !isInstant && !wish.startsWith(localTime),
  };
}

export function isZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid;
}

/** `Wednesday 10:00 (Europe/Berlin)`; with the date where the weekday alone could be misread. */
export function describeDue({ dueAt, zone }: Pick<DueTime, 'dueAt' | 'zone'>, now: Date): string {
  const due = DateTime.fromISO(dueAt, { zone }).setLocale(appLanguage);
  const today = DateTime.fromJSDate(now, { zone });
  const days = due.startOf('day').diff(today.startOf('day'), 'days').days;
  return `${due.toFormat(dayFormat(days, due.year === today.year))} (${zone})`;
}

/** `Wednesday 25 November 2026 10:00 (Europe/Berlin)`: the same on whatever day it is said. */
export function describeDueInFull({ dueAt, zone }: Pick<DueTime, 'dueAt' | 'zone'>): string {
  const due = DateTime.fromISO(dueAt, { zone }).setLocale(appLanguage);
  return `${due.toFormat('cccc d LLLL yyyy HH:mm')} (${zone})`;
}

function dayFormat(days: number, isThisYear: boolean): string {
  if (days >= 0 && days < 7) return 'cccc HH:mm';
  return isThisYear ? 'cccc d LLLL HH:mm' : 'cccc d LLLL yyyy HH:mm';
}

/** `3 hours`, as one says it. */
export function describeDelay(delayMs: number): string {
  const minutes = Math.round(delayMs / 60_000);
  if (minutes < 1) return 'less than a minute';
  const [count, unit] =
    minutes < 120
      ? [minutes, 'minute']
      : minutes < 48 * 60
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / (24 * 60)), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Of a wall-clock time that comes twice, the first (https://moment.github.io/luxon/#/zones?id=ambiguous-times). */
function firstOf(time: DateTime): DateTime {
  return DateTime.min(...time.getPossibleOffsets()) ?? time;
}

function toInstant(time: DateTime): string {
  return new Date(time.toMillis()).toISOString();
}
