import * as chrono from 'chrono-node';
import { DateTime } from 'luxon';
import type { WhenInput } from '../../../src-shared/contract/post-inputs.ts';
import { fromWallClock, toWallClock, type ClockChange } from '../../ui/zone-time.ts';

/** When a post is to go out, as it is being chosen. The time is kept while another kind is looked at. */
export interface When {
  kind: WhenInput['kind'];
  date: string;
  time: string;
  zone: string;
}

/** Nothing chosen yet. */
export function openWhen(zone: string): When {
  return { kind: 'at', date: '', time: '', zone };
}

/** The next full hour from an hour on: where a post has a time already, and gets another. */
export function defaultWhen(nowMs: number, zone: string): When {
  const hour = DateTime.fromMillis(nowMs, { zone }).plus({ hours: 2 }).startOf('hour');
  return { kind: 'at', date: hour.toFormat('yyyy-MM-dd'), time: hour.toFormat('HH:mm'), zone };
}

/** At the time that a post has now. */
export function whenOf(due: { dueAt: string; zone: string }): When {
  return { kind: 'at', ...toWallClock(due.dueAt, due.zone), zone: due.zone };
}

export function instantOf({ date, time, zone }: When): { instant: string; change: ClockChange } | null {
  return fromWallClock({ date, time }, zone);
}

/** What the commands take; null while the time is not complete. */
export function toWhenInput(when: When): WhenInput | null {
  if (when.kind !== 'at') return { kind: when.kind };
  const at = instantOf(when);
  return at === null ? null : { kind: 'at', dueAt: at.instant, zone: when.zone };
}

/** What there is to say about a chosen time before it is taken; null where it is plain. */
export function remarkOn(when: When, nowMs: number): { isRefused: boolean; text: string } | null {
  if (when.kind !== 'at') return null;
  const at = instantOf(when);
  if (at === null) return { isRefused: true, text: 'Choose a day and a time.' };
  if (Date.parse(at.instant) <= nowMs)
    return { isRefused: true, text: 'This time has passed. Choose a later one, or publish now.' };
  const shown = toWallClock(at.instant, when.zone).time;
  if (at.change === 'skipped')
    return { isRefused: false, text: `The clocks skip this time; it goes out at ${shown}.` };
  if (at.change === 'twice')
    return { isRefused: false, text: 'The clocks show this time twice; the first one counts.' };
  return null;
}

/**
 * Reads a time as people write it: "tomorrow at 9", "fri 10:30", "in 2 hours".
 * @returns null where nothing in it is a time
 */
export function readWhen(text: string, nowMs: number, zone: string): Pick<When, 'date' | 'time'> | null {
  const now = DateTime.fromMillis(nowMs, { zone });
  const [found] = chrono.parse(
    text,
    { instant: now.toJSDate(), timezone: now.offset },
    { forwardDate: true },
  );
  if (found === undefined) return null;
  const get = (part: 'year' | 'month' | 'day' | 'hour' | 'minute') => found.start.get(part);
  const hasTime = found.start.isCertain('hour');
  const day = DateTime.fromObject(
    { year: get('year') ?? now.year, month: get('month') ?? now.month, day: get('day') ?? now.day },
    { zone: 'utc' },
  );
  if (!day.isValid) return null;
  const two = (value: number | null) => String(value ?? 0).padStart(2, '0');
  return {
    date: day.toFormat('yyyy-MM-dd'),
    time: hasTime ? `${two(get('hour'))}:${two(get('minute'))}` : '09:00',
  };
}
