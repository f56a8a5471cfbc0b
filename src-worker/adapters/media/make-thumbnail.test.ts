import { describe, expect, it } from 'vitest';
import { isTellingFrame, isWholePicture, orientationFilters } from './make-thumbnail.ts';
import { readOrientation } from './read-image-details.ts';

describe('choosing a frame', () => {
  it.each([
    ['black', { average: 16, low: 16, high: 16 }, false],
    ['a fade from black', { average: 19, low: 16, high: 30 }, false],
    ['white', { average: 235, low: 235, high: 235 }, false],
    ['a night scene', { average: 30, low: 17, high: 60 }, true],
    ['a face', { average: 110, low: 40, high: 190 }, true],
  ])('%s: %o is telling: %s', (_, statistics, isTelling) => {
    expect(isTellingFrame(statistics)).toBe(isTelling);
  });
});

describe('orientation', () => {
  it.each([
    [1, []],
    [2, ['hflip']],
    [3, ['hflip', 'vflip']],
    [6, ['transpose=clock']],
    [8, ['transpose=cclock']],
    [undefined, []],
    [99, []],
  ])('EXIF %s becomes %o', (orientation, filters) => {
    expect(orientationFilters({ kind: 'image', ...readOrientation(orientation) })).toEqual(filters);
  });

  it('leaves the turning of video to ffmpeg', () => {
    expect(orientationFilters({ kind: 'video', isMirrored: false, rotationDegrees: 90 })).toEqual([]);
  });
});

describe('a picture made of tiles', () => {
  const photo = { kind: 'image', container: 'heic', displayWidthPx: 4032, displayHeightPx: 3024 } as const;

  it('is not taken for whole when only one tile came out', () => {
    expect(isWholePicture(photo, { width: 512, height: 512 })).toBe(false);
    expect(isWholePicture(photo, { width: 512, height: 384 })).toBe(false);
    expect(isWholePicture(photo, { width: 640, height: 480 })).toBe(true);
  });

  it('is no concern of other formats', () => {
    expect(isWholePicture({ ...photo, container: 'jpeg' }, { width: 512, height: 512 })).toBe(true);
  });
});
