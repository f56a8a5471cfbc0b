import { describe, expect, it } from 'vitest';
import { toQuestionTerms } from './question-terms.ts';

const wordsOf = (text: string): string[] => toQuestionTerms(text).map(({ word }) => word);

describe('the terms of a question', () => {
  it.each([
    ['What did she say about the boats?', ['boat']],
    ['Was hat er über den Hafen gesagt?', ['hafe']],
    ['Qu’est-ce qu’il a dit du phare ?', ['phar']],
    ['¿Qué dijo sobre el barco?', ['dijo', 'barc']],
  ])('are the words that say what it is about: %s', (text, expected) => {
    expect(wordsOf(text).filter((word) => expected.includes(word))).toEqual(expected);
    expect(wordsOf(text).length).toBeLessThanOrEqual(expected.length + 2);
  });

  it('match other endings of longer words, and short words and numbers only as they are', () => {
    expect(toQuestionTerms('budgets 2026 fox')).toEqual([
      { word: 'budge', isStem: true },
      { word: '2026', isStem: false },
      { word: 'fox', isStem: false },
    ]);
  });

  it('are none where nothing is asked, and never a part of a query language', () => {
    expect(wordsOf('what is it about')).toEqual([]);
    expect(wordsOf('"boat" NEAR( OR *')).toEqual(['boat', 'near']);
  });
});
