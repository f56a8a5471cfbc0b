import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './language-choice.ts';

const sureGerman = { language: 'de', probability: 0.8 };
const perhapsGerman = { language: 'de', probability: 0.3 };
const perhapsNorwegian = { language: 'nn', probability: 0.4 };

describe('chooseLanguage', () => {
  it('believes the first chunk that is sure', () => {
    expect(chooseLanguage([sureGerman], false)).toEqual(sureGerman);
    expect(chooseLanguage([perhapsNorwegian, sureGerman], false)).toEqual(sureGerman);
  });

  it('waits for more where none is sure, but not for ever', () => {
    expect(chooseLanguage([perhapsNorwegian], false)).toBeUndefined();
    expect(chooseLanguage([perhapsNorwegian, undefined], false)).toBeUndefined();
    expect(chooseLanguage([perhapsNorwegian, undefined, undefined], false)).toEqual(perhapsNorwegian);
    expect(chooseLanguage([perhapsNorwegian], true)).toEqual(perhapsNorwegian);
  });

  it('weighs unsure chunks together', () => {
    const chosen = chooseLanguage([perhapsNorwegian, perhapsGerman, perhapsGerman], false);
    expect(chosen?.language).toBe('de');
    expect(chosen?.probability).toBeCloseTo(0.2);
  });

  it('knows no language where nobody speaks', () => {
    expect(chooseLanguage([undefined], true)).toBeUndefined();
  });
});
