import { describe, expect, it } from 'vitest';
import { LanguageChoice } from './language-choice.ts';

describe('LanguageChoice', () => {
  it('believes one chunk that is sure', () => {
    expect(new LanguageChoice().consider({ language: 'de', probability: 0.8 })).toEqual({
      language: 'de',
      probability: 0.8,
    });
  });

  it('weighs unsure chunks together', () => {
    const choice = new LanguageChoice();
    expect(choice.consider({ language: 'nn', probability: 0.4 })).toBeUndefined();
    expect(choice.consider({ language: 'de', probability: 0.3 })).toBeUndefined();
    expect(choice.consider({ language: 'de', probability: 0.2 })).toBeUndefined();
    expect(choice.settle()).toEqual({ language: 'de', probability: 0.5 / 3 });
  });

  it('knows no language where nothing was heard', () => {
    expect(new LanguageChoice().settle()).toBeUndefined();
  });
});
