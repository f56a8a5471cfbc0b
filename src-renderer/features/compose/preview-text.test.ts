import { expect, test } from 'vitest';
import { splitText } from './preview-text.tsx';

test('links, mentions and hashtags are told apart from plain words', () => {
  expect(splitText('Hear it with @ana.example: https://example.org/a-1. #Podcast, a#b')).toEqual([
    { kind: 'plain', value: 'Hear it with ' },
    { kind: 'tag', value: '@ana.example' },
    { kind: 'plain', value: ': ' },
    { kind: 'link', value: 'https://example.org/a-1' },
    { kind: 'plain', value: '. ' },
    { kind: 'tag', value: '#Podcast' },
    { kind: 'plain', value: ', a#b' },
  ]);
});
