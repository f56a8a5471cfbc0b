import { expect, test } from 'vitest';
import { quoteAnswer } from './quote-answer.ts';

test('a short answer of a platform ends a sentence with one full stop', () => {
  expect(quoteAnswer(' Text is too long. ')).toBe('Text is too long.');
  expect(quoteAnswer('Not found')).toBe('Not found.');
});

test('a long answer is cut where it can be seen', () => {
  expect(quoteAnswer('word '.repeat(100))).toMatch(/^(word )+word…$/);
  expect(quoteAnswer('word '.repeat(100)).length).toBeLessThanOrEqual(301);
});
