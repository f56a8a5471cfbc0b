/**
 * Lengths, sizes and counts as people read them. What a clock or calendar shows is in zone-time.ts: it always belongs
 * to a zone.
 */
import { appLanguage } from '../../src-shared/domain/app-language.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const yearMs = 365.25 * dayMs;
const monthMs = yearMs / 12;

const unitFormats = {
  hour: new Intl.NumberFormat(appLanguage, { style: 'unit', unit: 'hour', unitDisplay: 'narrow' }),
  minute: new Intl.NumberFormat(appLanguage, { style: 'unit', unit: 'minute', unitDisplay: 'narrow' }),
  second: new Intl.NumberFormat(appLanguage, { style: 'unit', unit: 'second', unitDisplay: 'narrow' }),
};
const relativeFormat = new Intl.RelativeTimeFormat(appLanguage, { numeric: 'auto', style: 'short' });
const countFormat = new Intl.NumberFormat(appLanguage);
const percentFormat = new Intl.NumberFormat(appLanguage, { style: 'percent', maximumFractionDigits: 0 });

export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** `formatQuantity(1, 'file')` is "1 file", `formatQuantity(1200, 'file')` "1,200 files". */
export function formatQuantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${countFormat.format(count)} ${count === 1 ? noun : plural}`;
}

/** @param fraction 0 to 1 */
export function formatPercent(fraction: number): string {
  return percentFormat.format(fraction);
}

/** A position on a clock: "0:07", "12:34", "1:02:03". */
export function formatClock(positionMs: number): string {
  const totalSeconds = Math.max(0, Math.floor(positionMs / secondMs));
  const seconds = String(totalSeconds % 60).padStart(2, '0');
  const minutes = Math.floor(totalSeconds / 60) % 60;
  const hours = Math.floor(totalSeconds / 3600);
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
}

/** A position to the tenth of a second, as it is edited: "1:02:03.4". */
export function formatPreciseClock(positionMs: number): string {
  const rounded = Math.round(positionMs / 100) * 100;
  return `${formatClock(rounded)}.${Math.floor((rounded % secondMs) / 100)}`;
}

/**
 * Reads what {@link formatPreciseClock} writes, and shorter forms such as "75.5" or "1:15".
 * @returns milliseconds, or null where it is not a time
 */
export function parseClock(text: string): number | null {
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match;
  return (
    Number(hours) * hourMs +
    Number(minutes) * minuteMs +
    Number(seconds) * secondMs +
    Number(fraction.padEnd(3, '0'))
  );
}

/** A length of time in its two largest units: "2h 5m", "3m 20s", "12s". */
export function formatDuration(durationMs: number): string {
  if (durationMs >= hourMs) {
    const totalMinutes = Math.round(durationMs / minuteMs);
    return joinUnits('hour', Math.floor(totalMinutes / 60), 'minute', totalMinutes % 60);
  }
  const totalSeconds = Math.floor(durationMs / secondMs);
  if (totalSeconds < 60) return unitFormats.second.format(totalSeconds);
  return joinUnits('minute', Math.floor(totalSeconds / 60), 'second', totalSeconds % 60);
}

type DurationUnit = keyof typeof unitFormats;

function joinUnits(large: DurationUnit, largeCount: number, small: DurationUnit, smallCount: number): string {
  const first = unitFormats[large].format(largeCount);
  return smallCount === 0 ? first : `${first} ${unitFormats[small].format(smallCount)}`;
}

/** Time left, rounded so that it does not flicker: "5m left", "a few seconds left". */
export function formatRemaining(remainingMs: number | null): string | null {
  if (remainingMs === null) return null;
  if (remainingMs < 10 * secondMs) return 'a few seconds left';
  if (remainingMs < 1.5 * minuteMs)
    return `${unitFormats.second.format(Math.ceil(remainingMs / 10_000) * 10)} left`;
  return `${formatDuration(Math.ceil(remainingMs / minuteMs) * minuteMs)} left`;
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "12 bytes", "640 kB", "1.2 GB". */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes;
  let unitIndex = 0;
  while (value >= 999.5 && unitIndex < byteUnits.length - 1) {
    value /= 1000;
    unitIndex += 1;
  }
  return new Intl.NumberFormat(appLanguage, {
    style: 'unit',
    unit: byteUnits[unitIndex] ?? 'byte',
    unitDisplay: unitIndex === 0 ? 'long' : 'short',
    maximumFractionDigits: unitIndex === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** "just now", "in a moment", "5 min ago", "yesterday", "3 mo ago". */
export function formatRelative(instant: string, nowMs: number): string {
  const elapsedMs = nowMs - Date.parse(instant);
  const absoluteMs = Math.abs(elapsedMs);
  if (absoluteMs < 45 * secondMs) return elapsedMs >= 0 ? 'just now' : 'in a moment';
  if (absoluteMs < hourMs) return relativeFormat.format(-Math.round(elapsedMs / minuteMs), 'minute');
  if (absoluteMs < dayMs) return relativeFormat.format(-Math.round(elapsedMs / hourMs), 'hour');
  if (absoluteMs < 30 * dayMs) return relativeFormat.format(-Math.round(elapsedMs / dayMs), 'day');
  if (absoluteMs < yearMs) return relativeFormat.format(-Math.round(elapsedMs / monthMs), 'month');
  return relativeFormat.format(-Math.round(elapsedMs / yearMs), 'year');
}

/** "English" for "en"; the code itself where the system knows no name. */
export function formatLanguage(code: string): string {
  return new Intl.DisplayNames(appLanguage, { type: 'language', fallback: 'code' }).of(code) ?? code;
}
