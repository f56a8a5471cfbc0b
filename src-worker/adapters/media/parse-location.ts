import type { GeoLocation } from '../../../src-shared/domain/media-probe.ts';
import type { MediaTags } from './parse-captured-at.ts';

/** The place from container tags (ISO 6709, "+48.8577+002.2950+035.0/"), as phones write it. */
export function locationFromTags(tags: MediaTags): GeoLocation | null {
  const text =
    tags['com.apple.quicktime.location.iso6709'] ??
    tags['location'] ??
    tags['location-eng'] ??
    tags['recording_location'];
  return text === undefined ? null : parseIso6709(text);
}

/**
 * Reads degrees, degrees and minutes, or degrees, minutes and seconds, with an optional height. Null island
 * (exactly 0, 0) is what phones write that have no fix: no location.
 */
export function parseIso6709(text: string): GeoLocation | null {
  const match = /^([+-]\d{2,6}(?:\.\d+)?)([+-]\d{3,7}(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?(?:CRS[^/]*)?\/?$/.exec(
    text.trim(),
  );
  if (!match) return null;
  const latitude = parseAngle(match[1], 2);
  const longitude = parseAngle(match[2], 3);
  if (latitude === null || longitude === null) return null;
  return checkLocation({
    latitude,
    longitude,
    altitudeM: match[3] === undefined ? null : Number(match[3]),
    source: 'iso6709',
  });
}

/** Null for what cannot be a place on Earth, and for 0, 0. */
export function checkLocation(location: GeoLocation): GeoLocation | null {
  const { latitude, longitude } = location;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  return latitude === 0 && longitude === 0 ? null : location;
}

/** Sign, then degrees of a fixed width, then minutes and seconds of two digits each, the last with a fraction. */
function parseAngle(text: string | undefined, degreeDigits: number): number | null {
  if (text === undefined) return null;
  const sign = text.startsWith('-') ? -1 : 1;
  const [whole = '', fraction = ''] = text.slice(1).split('.');
  const last = fraction === '' ? '' : `.${fraction}`;
  const rest = whole.length - degreeDigits;
  if (rest === 0) return sign * Number(whole + last);
  const degrees = Number(whole.slice(0, degreeDigits));
  const minutesText = whole.slice(degreeDigits, degreeDigits + 2);
  if (rest === 2) return sign * (degrees + Number(minutesText + last) / 60);
  if (rest === 4) {
    return sign * (degrees + Number(minutesText) / 60 + Number(whole.slice(degreeDigits + 2) + last) / 3600);
  }
  return null;
}
