import { describe, expect, it } from 'vitest';
import { judgeFit } from './memory-fit.ts';

const gigabyte = 1_000_000_000;
const memory = { totalBytes: 16 * gigabyte, availableBytes: 6 * gigabyte };
const need = (sizeBytes: number, contextTokens = 4096) =>
  judgeFit({ sizeBytes, contextTokens, contextBytesPerToken: 131_072 }, memory);

describe('whether a model fits', () => {
  it('counts the context beside the weights', () => {
    expect(need(4 * gigabyte, 4_096).verdict).toBe('fits');
    expect(need(4 * gigabyte, 16_384).verdict).toBe('no-room-now');
  });

  it('tells what would never fit from what does not fit right now, with the figures', () => {
    expect(need(20 * gigabyte)).toMatchObject({
      verdict: 'too-large',
      reason: 'It needs about 21.9 GB of memory, and this computer has 16.0 GB.',
    });
    expect(need(8 * gigabyte).reason).toContain('6.0 GB is free right now');
  });
});
