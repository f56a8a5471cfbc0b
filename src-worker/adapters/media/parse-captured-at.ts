import { DateTime } from 'luxon';
import type { CapturedAt } from '../../../src-shared/domain/media-probe.ts';

/** Tags by lower-case name, as {@link capturedAtFromTags} wants them. */
export type MediaTags = Readonly<Record<string, string>>;

/** Cameras without a set clock write 1904 (QuickTime's zero) or 1970 (Unix's zero). */
const earliestYear = 1971;

/**
 * When the recording was made, from container tags. The most exact one wins: QuickTime's creation date (with zone),
 * the container's creation time (UTC), broadcast WAV's date and time (no zone), then a full date-time in a DATE tag.
 *
 * @param assumedZone zone for times that name none; the zone of this machine unless given.
 */
export function capturedAtFromTags(tags: MediaTags, assumedZone = 'local'): CapturedAt | null {
  return (
    readInstant(tags['com.apple.quicktime.creationdate'], 'quicktime', assumedZone) ??
    readInstant(tags['creation_time'], 'container', assumedZone) ??
    readInstant(joinDateAndTime(tags['date'], tags['creation_time']), 'broadcast-wave', assumedZone) ??
    readInstant(tags['date_recorded'] ?? tags['date'], 'tag', assumedZone)
  );
}

export interface ExifTimes {
  /** "2026:04:05 10:11:12", the camera's wall clock. */
  dateTimeOriginal?: string | undefined;
  /** "+02:00" */
  offsetTimeOriginal?: string | undefined;
  /** "2026:04:05", UTC */
  gpsDateStamp?: string | undefined;
  /** Hours, minutes, seconds, UTC */
  gpsTimeStamp?: readonly number[] | undefined;
}

/** The camera's clock with its own zone; failing that, satellite time; failing that, the clock in an assumed zone. */
export function capturedAtFromExif(exif: ExifTimes, assumedZone = 'local'): CapturedAt | null {
  const wallClock = exif.dateTimeOriginal?.replace(/^(\d{4}):(\d\d):(\d\d) /, '$1-$2-$3T');
  const offset = exif.offsetTimeOriginal?.trim();
  if (wallClock && offset && /^[+-]\d\d:\d\d$/.test(offset)) {
    const exact = readInstant(`${wallClock}${offset}`, 'exif', assumedZone);
    if (exact) return exact;
  }
  const [hours, minutes, seconds] = exif.gpsTimeStamp ?? [];
  if (exif.gpsDateStamp && hours !== undefined && minutes !== undefined && seconds !== undefined) {
    const time = [hours, minutes, Math.floor(seconds)].map((part) => String(part).padStart(2, '0')).join(':');
    const exact = readInstant(`${exif.gpsDateStamp.replaceAll(':', '-')}T${time}Z`, 'exif-gps', assumedZone);
    if (exact) return exact;
  }
  return readInstant(wallClock, 'exif', assumedZone);
}

function joinDateAndTime(date: string | undefined, time: string | undefined): string | undefined {
  return date && time && /^\d{4}-\d\d-\d\d$/.test(date) && /^\d\d:\d\d:\d\d$/.test(time)
    ? `${date}T${time}`
    : undefined;
}

function readInstant(
  text: string | undefined,
  source: CapturedAt['source'],
  assumedZone: string,
): CapturedAt | null {
  const match = /^\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?\s*$/i.exec(
    text ?? '',
  );
  if (!match) return null;
  const [, date, time, zone] = match;
  const isUtc = zone?.toUpperCase() === 'Z' || zone?.toUpperCase() === 'UTC';
  const parsed = DateTime.fromISO(`${String(date)}T${String(time)}${isUtc ? 'Z' : (zone ?? '')}`, {
    zone: assumedZone,
  });
  if (!parsed.isValid || parsed.toUTC().year < earliestYear) return null;
  return { instant: parsed.toJSDate().toISOString(), source, isZoneKnown: zone !== undefined };
}
