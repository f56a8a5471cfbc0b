import { expect, it } from 'vitest';
import { findCurrent } from './current-item.ts';

const idOf = (text: string) => text;

it('what is in hand stays there, whatever comes in before it', () => {
  expect(findCurrent(['new', 'read', 'old'], idOf, [undefined, 'read'])).toBe('read');
  expect(findCurrent(['new', 'read', 'old'], idOf, ['old', 'read'])).toBe('old');
  expect(findCurrent(['new', 'read', 'old'], idOf, ['gone', 'read'])).toBe('read');
});

it('the first is in hand where none was', () => {
  expect(findCurrent(['new', 'old'], idOf, [undefined, undefined])).toBe('new');
  expect(findCurrent(['new', 'old'], idOf, ['gone', 'gone too'])).toBe('new');
  expect(findCurrent([], idOf, [undefined, 'gone'])).toBeUndefined();
});
