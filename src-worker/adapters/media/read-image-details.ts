import exifr from 'exifr';
import { imageSizeFromFile } from 'image-size/fromFile';
import { z } from 'zod';
import type { CapturedAt, GeoLocation, RotationDegrees } from '../../../src-shared/domain/media-probe.ts';
import { capturedAtFromExif } from './parse-captured-at.ts';
import { checkLocation } from './parse-location.ts';

/** What a picture file says about itself. */
export interface ImageDetails {
  /** As stored, before rotation; null if not even the size can be read. */
  widthPx: number | null;
  heightPx: number | null;
  rotationDegrees: RotationDegrees;
  /** Stored mirrored left to right, to be undone before the rotation. */
  isMirrored: boolean;
  capturedAt: CapturedAt | null;
  location: GeoLocation | null;
  device: string | null;
}

const exifSchema = z
  .object({
    Orientation: z.number().optional().catch(undefined),
    Make: z.string().optional().catch(undefined),
    Model: z.string().optional().catch(undefined),
    DateTimeOriginal: z.string().optional().catch(undefined),
    CreateDate: z.string().optional().catch(undefined),
    OffsetTimeOriginal: z.string().optional().catch(undefined),
    OffsetTime: z.string().optional().catch(undefined),
    GPSDateStamp: z.string().optional().catch(undefined),
    GPSTimeStamp: z.array(z.number()).optional().catch(undefined),
    GPSAltitude: z.number().optional().catch(undefined),
    GPSAltitudeRef: z.unknown(),
    latitude: z.number().optional().catch(undefined),
    longitude: z.number().optional().catch(undefined),
  })
  .partial();

/** EXIF orientation 1 to 8 as a mirroring and a clockwise turn, in this order. */
export function readOrientation(orientation: number | undefined): {
  rotationDegrees: RotationDegrees;
  isMirrored: boolean;
} {
  const turns = [0, 0, 180, 180, 270, 90, 90, 270] as const;
  const index = (orientation ?? 1) - 1;
  return { rotationDegrees: turns[index] ?? 0, isMirrored: [1, 3, 4, 6].includes(index) };
}

/**
 * Reads size and EXIF of a picture. Damaged or missing metadata is no error: what cannot be read is null.
 */
export async function readImageDetails(path: string): Promise<ImageDetails> {
  const size = await imageSizeFromFile(path).catch(unreadableAsNull);
  const raw: unknown = await exifr
    .parse(path, { tiff: true, exif: true, gps: true, reviveValues: false, translateValues: false })
    .catch(unreadableAsNull);
  const exif = exifSchema.safeParse(raw ?? {}).data ?? {};
  const { latitude, longitude, GPSAltitude: altitude } = exif;
  return {
    widthPx: size === null || size.width <= 0 ? null : size.width,
    heightPx: size === null || size.height <= 0 ? null : size.height,
    ...readOrientation(exif.Orientation),
    capturedAt: capturedAtFromExif({
      dateTimeOriginal: exif.DateTimeOriginal ?? exif.CreateDate,
      offsetTimeOriginal: exif.OffsetTimeOriginal ?? exif.OffsetTime,
      gpsDateStamp: exif.GPSDateStamp,
      gpsTimeStamp: exif.GPSTimeStamp,
    }),
    location:
      latitude === undefined || longitude === undefined
        ? null
        : checkLocation({
            latitude,
            longitude,
            altitudeM: altitude === undefined ? null : isBelowSea(exif.GPSAltitudeRef) ? -altitude : altitude,
            source: 'exif',
          }),
    device: [exif.Make, exif.Model].filter(Boolean).join(' ').trim() || null,
  };
}

/** Both readers throw plain errors for a format they do not know and for damaged metadata alike. */
function unreadableAsNull(): null {
  return null;
}

function isBelowSea(reference: unknown): boolean {
  return reference === 1 || (reference instanceof Uint8Array && reference[0] === 1);
}
