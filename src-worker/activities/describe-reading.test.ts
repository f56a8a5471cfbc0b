import { describe, expect, it } from 'vitest';
import { describeReading } from './describe-reading.ts';

describe('the note on a description', () => {
  it('names the model alone where one question was enough', () => {
    expect(describeReading('small', { readParts: 1, allParts: 1 })).toBe('Written by small.');
  });

  it('says that the whole transcript was read, and in how many parts', () => {
    const note = describeReading('small', { readParts: 34, allParts: 34 });
    expect(note).toBe('Written by small, which read the whole transcript in 34 parts.');
  });

  it('says how much was read where it was not everything', () => {
    const note = describeReading('small', { readParts: 120, allParts: 310 });
    expect(note).toContain('read 120 of 310 parts, spread evenly over the recording');
  });
});
