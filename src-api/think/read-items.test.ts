import { expect, it } from 'vitest';
import { z } from 'zod';
import { readCompleteItems } from './read-items.ts';

const item = z.strictObject({ text: z.string() });

it('what is complete of a list that is still being written is read, and nothing else', () => {
  expect(readCompleteItems('{"items":[{"text":"a } ] \\" b"},{"text":"c"},{"te', item)).toEqual([
    { text: 'a } ] " b' },
    { text: 'c' },
  ]);
  expect(readCompleteItems('{"items":[{"other":1},{"text":"c"}]} {"text":"d"}', item)).toEqual([
    { text: 'c' },
  ]);
  expect(readCompleteItems('no list', item)).toEqual([]);
});
