import { describe, expect, it } from 'vitest';
import { fileNameOf, mapAtMost, summariseAttempts } from './ingest-outcome.ts';

describe('the outcome of adding files', () => {
  it('names each file that failed, with its error', () => {
    const error = { code: 'input.empty-file', userMessage: 'Empty.', retry: 'never' } as const;
    const outcome = summariseAttempts([
      { path: '/media/talk.mp3', result: { ok: true, value: { entityId: 'talk' } } },
      { path: 'C:\\media\\empty.wav', result: { ok: false, error } },
    ]);
    expect(outcome).toEqual({ addedCount: 1, failures: [{ name: 'empty.wav', error }] });
  });

  it('takes the last part of a folder path too', () => {
    expect(fileNameOf('/media/interviews/')).toBe('interviews');
  });

  it('never has more tasks in hand than allowed, and keeps the order', async () => {
    let inHand = 0;
    let most = 0;
    const outputs = await mapAtMost([3, 1, 2, 0, 5], 2, async (item) => {
      inHand += 1;
      most = Math.max(most, inHand);
      await Promise.resolve();
      inHand -= 1;
      return item * 10;
    });
    expect(outputs).toEqual([30, 10, 20, 0, 50]);
    expect(most).toBe(2);
  });
});
