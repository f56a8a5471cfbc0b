import { describe, expect, it } from 'vitest';
import { Vocabulary } from './vocabulary.ts';
import { findWords } from './word-times.ts';

const texts = [' Ask', ' not', '.', ' what', ' your', ' coun', 'try', '!', '天', '気'];
const vocabulary = new Vocabulary(texts.map((text) => Buffer.from(text)));
const probabilities = texts.map(() => 0.5);

describe('findWords', () => {
  it('joins tokens to words and leaves the pause after a full stop out of the word', () => {
    const segments = [{ startMs: 0, endMs: 3000, textTokens: [0, 1, 2, 3] }];
    const [words] = findWords(
      segments,
      { startSteps: [0, 20, 40, 100, 120], probabilities },
      vocabulary,
      'en',
    );
    expect(words).toEqual([
      { startMs: 0, endMs: 400, text: 'Ask', probability: 0.5 },
      { startMs: 400, endMs: 800, text: 'not.', probability: 0.5 },
      { startMs: 2000, endMs: 2400, text: 'what', probability: 0.5 },
    ]);
  });

  it('joins the pieces of a word and takes the mean of their probabilities', () => {
    const segments = [{ startMs: 0, endMs: 3000, textTokens: [5, 6, 7] }];
    const alignment = { startSteps: [10, 20, 30, 40], probabilities: [1, 0.5, 0] };
    expect(findWords(segments, alignment, vocabulary, 'en')).toEqual([
      [{ startMs: 200, endMs: 600, text: 'country!', probability: 0.5 }],
    ]);
  });

  it('keeps words within their segment', () => {
    const segments = [
      { startMs: 0, endMs: 500, textTokens: [0] },
      { startMs: 1000, endMs: 2000, textTokens: [1] },
    ];
    const words = findWords(segments, { startSteps: [0, 30, 200], probabilities }, vocabulary, 'en');
    expect(words.flat().map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 500],
      [1000, 2000],
    ]);
  });

  it('takes each character for a word where the language has no spaces', () => {
    const segments = [{ startMs: 0, endMs: 1000, textTokens: [8, 9] }];
    const [words] = findWords(segments, { startSteps: [0, 10, 20], probabilities }, vocabulary, 'ja');
    expect(words?.map(({ text }) => text)).toEqual(['天', '気']);
  });
});
