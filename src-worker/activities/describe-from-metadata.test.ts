import { describe, expect, it } from 'vitest';
import { describeFromMetadata } from './describe-from-metadata.ts';

const titleOf = (originalName: string, capturedAt: string | null = '2025-05-03T12:30:00.000Z') =>
  describeFromMetadata({ originalName, kind: 'image', capturedAt }, 'UTC').title;

describe('a description without a model', () => {
  it('is the name that a person gave the file', () => {
    expect(titleOf('harbour_at_dawn.jpg')).toBe('harbour at dawn');
  });

  it.each([
    'IMG_2041.jpg',
    'DSC0001.JPG',
    'PXL_20250503_123000.jpg',
    '20250503-1230.jpg',
    'Screenshot 2025-05-03.png',
  ])('is kind and date where a device has named the file: %s', (name) => {
    expect(titleOf(name)).toBe('Picture, 3 May 2025, 12:30');
  });

  it('keeps the name of a device where there is no date', () => {
    expect(titleOf('IMG_2041.jpg', null)).toBe('IMG 2041');
  });

  it('makes nothing up', () => {
    expect(describeFromMetadata({ originalName: '', kind: null, capturedAt: null })).toEqual({
      title: '',
      summary: null,
      hook: null,
      keywords: [],
      chapters: [],
    });
  });
});
