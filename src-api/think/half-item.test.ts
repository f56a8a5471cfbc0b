import { describe, expect, it } from 'vitest';
import { endWell, readHalfItem } from './half-item.ts';

describe('an item that is not complete', () => {
  it.each([
    ['{"items":[{"title":"Rye","hook":"Smell th', { title: 'Rye' }, { name: 'hook', text: 'Smell th' }],
    [
      '{"items":[{"title":"A {brace"},{"title":"Rye", "hook" : "It',
      { title: 'Rye' },
      { name: 'hook', text: 'It' },
    ],
    ['{"items":[{"text":"Say {hello} to [ry', {}, { name: 'text', text: 'Say {hello} to [ry' }],
    ['{"items":[{"title":"Rye \\"x\\"","hook"', { title: 'Rye "x"' }, null],
    ['{"items":[{"text":"Caf\\u00e9 and \\u00', {}, { name: 'text', text: 'Café and ' }],
    ['{"items":[{"text":"A line\\', {}, { name: 'text', text: 'A line' }],
  ])('is read as far as it came: %s', (text, whole, open) => {
    expect(readHalfItem(text)).toEqual({ whole, open });
  });

  it.each(['', '{"items":[', '{"items":[{', '{"items":[{"text":"done"}', '{"items":[{"text":"done"},'])(
    'is none where nothing of it is there: %s',
    (text) => {
      expect(readHalfItem(text)).toBeNull();
    },
  );
});

describe('a text that broke off', () => {
  it.each([
    ['Fresh rye, every morning at six. Come and sm', 'Fresh rye, every morning at six.'],
    [
      'Now. Fresh rye, every morning at six, from an oven that is a hund',
      'Now. Fresh rye, every morning at six, from an oven that is a…',
    ],
    ['Fresh rye, every morning at six.', 'Fresh rye, every morning at six.'],
    ['Fresh rye, ev', undefined],
    ['Donaudampfschifffahrtsgesellschaft', undefined],
  ])('ends at a sentence or a word: %s', (text, ended) => {
    expect(endWell(text)).toBe(ended);
  });
});
