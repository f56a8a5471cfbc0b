import { describe, expect, it } from 'vitest';
import { capturedAtFromExif, capturedAtFromTags } from './parse-captured-at.ts';

const zone = 'Europe/Berlin';

describe('capture time from container tags', () => {
  it('prefers the creation date that has a zone', () => {
    const tags = {
      'com.apple.quicktime.creationdate': '2026-07-01T09:00:00+0200',
      creation_time: '2026-07-02T00:00:00.000000Z',
    };
    expect(capturedAtFromTags(tags, zone)).toEqual({
      instant: '2026-07-01T07:00:00.000Z',
      source: 'quicktime',
      isZoneKnown: true,
    });
  });

  it('reads the container’s creation time', () => {
    expect(capturedAtFromTags({ creation_time: '2026-03-04T05:06:07.000000Z' }, zone)).toEqual({
      instant: '2026-03-04T05:06:07.000Z',
      source: 'container',
      isZoneKnown: true,
    });
  });

  it('puts broadcast WAV’s date and time together, in an assumed zone', () => {
    expect(capturedAtFromTags({ date: '2026-01-15', creation_time: '10:11:12' }, zone)).toEqual({
      instant: '2026-01-15T09:11:12.000Z',
      source: 'broadcast-wave',
      isZoneKnown: false,
    });
  });

  it('reads a full date-time from a tag and says where the zone is a guess', () => {
    expect(capturedAtFromTags({ date: '2026-07-15 10:11:12' }, zone)).toEqual({
      instant: '2026-07-15T08:11:12.000Z',
      source: 'tag',
      isZoneKnown: false,
    });
  });

  it.each([
    { creation_time: '1904-01-01T00:00:00.000000Z' },
    { creation_time: '1970-01-01T00:00:00.000000Z' },
    { date: '2019' },
    { date: '2019-05-06' },
    { creation_time: '2026-13-45T99:00:00Z' },
    {},
  ])('invents nothing from %o', (tags) => {
    expect(capturedAtFromTags(tags, zone)).toBeNull();
  });
});

describe('capture time from EXIF', () => {
  const dateTimeOriginal = '2026:04:05 10:11:12';

  it('uses the camera’s own zone', () => {
    expect(capturedAtFromExif({ dateTimeOriginal, offsetTimeOriginal: '-07:00' }, zone)).toEqual({
      instant: '2026-04-05T17:11:12.000Z',
      source: 'exif',
      isZoneKnown: true,
    });
  });

  it('prefers satellite time to a clock without a zone', () => {
    const gps = { gpsDateStamp: '2026:04:05', gpsTimeStamp: [8, 11, 12.5] };
    expect(capturedAtFromExif({ dateTimeOriginal, ...gps }, zone)).toEqual({
      instant: '2026-04-05T08:11:12.000Z',
      source: 'exif-gps',
      isZoneKnown: true,
    });
  });

  it('assumes a zone as a last resort', () => {
    expect(capturedAtFromExif({ dateTimeOriginal }, zone)).toEqual({
      instant: '2026-04-05T08:11:12.000Z',
      source: 'exif',
      isZoneKnown: false,
    });
  });

  it('knows the blanks of an unset clock', () => {
    expect(capturedAtFromExif({ dateTimeOriginal: '0000:00:00 00:00:00' }, zone)).toBeNull();
    expect(capturedAtFromExif({ dateTimeOriginal: '    :  :     :  :  ' }, zone)).toBeNull();
    expect(capturedAtFromExif({}, zone)).toBeNull();
  });
});
