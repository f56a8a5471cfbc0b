import { describe, expect, it } from 'vitest';
import { chooseBest, judgeDecode, measureCompressionRatio } from './decode-ladder.ts';

const sentence = 'And so, my fellow Americans: ask not what your country can do for you.';
const loop = 'Thank you so much. '.repeat(20);

describe('judgeDecode', () => {
  it('keeps a confident sentence', () => {
    const outcome = { text: sentence, averageLogProbability: -0.3, noSpeechProbability: 0.1 };
    expect(judgeDecode(outcome)).toBe('good');
  });

  it('keeps a confident sentence even where the model suspects no speech', () => {
    const outcome = { text: sentence, averageLogProbability: -0.3, noSpeechProbability: 0.9 };
    expect(judgeDecode(outcome)).toBe('good');
  });

  it('rejects a text that goes round in circles', () => {
    const outcome = { text: loop, averageLogProbability: -0.1, noSpeechProbability: 0.1 };
    expect(judgeDecode(outcome)).toBe('repetitive');
  });

  it('rejects a guess', () => {
    const outcome = { text: sentence, averageLogProbability: -1.2, noSpeechProbability: 0.3 };
    expect(judgeDecode(outcome)).toBe('doubtful');
  });

  it('takes a guess over what is likely no speech for silence', () => {
    const outcome = { text: loop, averageLogProbability: -1.2, noSpeechProbability: 0.7 };
    expect(judgeDecode(outcome)).toBe('no-speech');
  });
});

describe('chooseBest', () => {
  const outcome = (text: string, averageLogProbability: number) => ({
    text,
    averageLogProbability,
    noSpeechProbability: 0,
  });

  it('prefers a text that does not repeat itself over a likelier one', () => {
    expect(chooseBest([outcome(loop, -0.1), outcome(sentence, -1.5)]).text).toBe(sentence);
  });

  it('takes the likeliest among equals', () => {
    expect(chooseBest([outcome('a b', -1.4), outcome('c d', -1.1), outcome('e f', -1.3)]).text).toBe('c d');
  });
});

describe('measureCompressionRatio', () => {
  it('is low for speech, high for repeats, and 1 for nothing', () => {
    expect(measureCompressionRatio(sentence)).toBeLessThan(1.5);
    expect(measureCompressionRatio(loop)).toBeGreaterThan(2.4);
    expect(measureCompressionRatio('')).toBe(1);
  });
});
