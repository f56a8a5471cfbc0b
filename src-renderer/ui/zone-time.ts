import { DateTime } from 'luxon';
import { appLanguage } from '../../src-shared/domain/app-language.ts';

/** What a clock on the wall shows: the two values of a date and a time field. */
export interface WallClock {
  /** "2026-03-29" */
  date: string;
  /** "09:30" */
  time: string;
}

/** What the clocks do at a wall-clock time: nothing, jump over it, or show it twice. */
export type ClockChange = 'none' | 'skipped' | 'twice';

/** The zone this computer is in now. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function toWallClock(instant: string, zone: string): WallClock {
  const local = DateTime.fromISO(instant, { zone });
  return { date: local.toFormat('yyyy-MM-dd'), time: local.toFormat('HH:mm') };
}

/**
 * The instant at which the clocks in a zone show this.
 * @returns null where date or time is not complete. A time that is skipped is moved behind the gap; of one that comes
 * twice the first is taken.
 */
export function fromWallClock(
  { date, time }: WallClock,
  zone: string,
): { instant: string; change: ClockChange } | null {
  const wanted = `${date}T${time}`;
  const local = DateTime.fromISO(wanted, { zone });
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d/.test(time) || !local.isValid) return null;
  const possible = local.getPossibleOffsets();
  const first = possible.reduce((early, other) => (other < early ? other : early), local);
  const isSkipped = local.toFormat("yyyy-MM-dd'T'HH:mm") !== wanted.slice(0, 16);
  return {
    instant: first.toUTC().toISO(),
    change: isSkipped ? 'skipped' : possible.length > 1 ? 'twice' : 'none',
  };
}

/** Moves by days and minutes as a wall clock counts: whole days keep the time of day, also across a change of clocks. */
export function shiftInZone(
  instant: string,
  zone: string,
  { days = 0, minutes = 0 }: { days?: number; minutes?: number },
): string {
  const { date, time } = toWallClock(instant, zone);
  const seconds = DateTime.fromISO(instant, { zone }).toFormat('ss.SSS');
  const moved = DateTime.fromISO(`${date}T${time}`, { zone: 'utc' }).plus({ days, minutes });
  const shifted = fromWallClock(
    { date: moved.toFormat('yyyy-MM-dd'), time: moved.toFormat(`HH:mm:${seconds}`) },
    zone,
  );
  return shifted?.instant ?? instant;
}

/** The days of a zone on which the clocks are changed, within some days from `from`: "2026-03-29". */
export function clockChangeDates(from: string, dayCount: number, zone: string): Map<string, 1 | -1> {
  const found = new Map<string, 1 | -1>();
  let day = DateTime.fromISO(from, { zone }).startOf('day');
  for (let index = 0; index < dayCount; index += 1) {
    const next = day.plus({ days: 1 });
    if (next.offset !== day.offset) found.set(day.toFormat('yyyy-MM-dd'), next.offset > day.offset ? 1 : -1);
    day = next;
  }
  return found;
}

/** "Berlin" for "Europe/Berlin". */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** "Berlin, GMT+1" */
export function zoneTitle(zone: string, instant: string): string {
  const offset = DateTime.fromISO(instant, { zone }).toFormat('ZZZZ', { locale: 'en' });
  const city = zoneCity(zone);
  return city === offset ? city : `${city}, ${offset}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatWith(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(appLanguage, { ...options, timeZone: zone });
  formats.set(key, format);
  return format;
}

/** "10:00" */
export function formatTimeIn(instant: string, zone: string): string {
  return formatWith(zone, { timeStyle: 'short' }).format(new Date(instant));
}

/** "Wed 25 Nov, 10:00"; with the year where it is not this one. */
export function formatMomentIn(instant: string, zone: string, nowMs: number): string {
  const isThisYear = DateTime.fromISO(instant, { zone }).year === DateTime.fromMillis(nowMs, { zone }).year;
  return formatWith(zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' as const }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
}

/** "25 Nov 2026" */
export function formatDateIn(instant: string, zone: string): string {
  return formatWith(zone, { dateStyle: 'medium' }).format(new Date(instant));
}

/** "25 Nov 2026, 10:00" */
export function formatDateTimeIn(instant: string, zone: string): string {
  return formatWith(zone, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

/** Short for lists: the time today, the day this year, else the date. */
export function formatWhenIn(instant: string, zone: string, nowMs: number): string {
  const then = DateTime.fromISO(instant, { zone });
  const now = DateTime.fromMillis(nowMs, { zone });
  if (then.hasSame(now, 'day')) return formatTimeIn(instant, zone);
  return then.year === now.year
    ? formatWith(zone, { day: 'numeric', month: 'short' }).format(new Date(instant))
    : formatDateIn(instant, zone);
}

/** The same beside lengths of time, for one of which "03:58" could be taken: "Today, 03:58". */
export function formatWhenBesideLength(instant: string, zone: string, nowMs: number): string {
  const when = formatWhenIn(instant, zone, nowMs);
  return when === formatTimeIn(instant, zone) ? `Today, ${when}` : when;
}

/** "Wednesday 25 November" */
export function formatDayIn(instant: string, zone: string): string {
  return formatWith(zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(instant));
}

/** All zones this system knows, ours first. */
export function knownZones(): string[] {
  const own = ownZone();
  return [own, ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== own)];
}
