import { expect, it } from 'vitest';
import { within } from './temporal-client.ts';

it('a call to the work engine that never settles ends all the same', async () => {
  const never = new Promise<string>(() => undefined);
  await expect(within(1, never)).rejects.toThrow('did not answer in time');
  await expect(within(60_000, Promise.resolve('an answer'))).resolves.toBe('an answer');
});
