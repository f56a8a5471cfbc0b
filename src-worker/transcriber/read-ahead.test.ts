import { describe, expect, it } from 'vitest';
import { readAhead } from './read-ahead.ts';

describe('readAhead', () => {
  it('asks for the next value while the present one is used, and for no more', async () => {
    const made: number[] = [];
    async function* source(): AsyncGenerator<number> {
      for (const value of [1, 2, 3, 4]) {
        made.push(value);
        yield await Promise.resolve(value);
      }
    }
    const ahead = readAhead(source());
    await ahead.next();
    expect(made).toEqual([1, 2]);
    await ahead.next();
    expect(made).toEqual([1, 2, 3]);
    expect([(await ahead.next()).value, (await ahead.next()).value, (await ahead.next()).done]).toEqual([
      3,
      4,
      true,
    ]);
  });

  it('gives what came before an error, and then the error', async () => {
    async function* source(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      throw new Error('the file is gone');
    }
    const ahead = readAhead(source());
    expect((await ahead.next()).value).toBe(1);
    await expect(ahead.next()).rejects.toThrow('the file is gone');
  });

  it('ends its source where nobody wants more', async () => {
    let isEnded = false;
    async function* source(): AsyncGenerator<number> {
      try {
        for (let value = 0; ; value += 1) yield await Promise.resolve(value);
      } finally {
        isEnded = true;
      }
    }
    for await (const value of readAhead(source())) if (value === 2) break;
    expect(isEnded).toBe(true);
  });
});
