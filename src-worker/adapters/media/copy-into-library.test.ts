import { describe, expect, it } from 'vitest';
import { formatBytes } from './copy-into-library.ts';

describe('sizes for people', () => {
  it.each([
    [999, '999 bytes'],
    [1000, '1 KB'],
    [1_234_567, '1.3 MB'],
    [45_600_000_000, '46 GB'],
  ])('%d bytes is %s, rounded up', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
