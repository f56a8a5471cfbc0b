import type { DateTime } from 'luxon';
import type { WishLanguage } from '../words/language.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import type { Phrases } from './phrase-types.ts';
import { spanish } from './spanish.ts';

/** What the assistant says by itself, in the language of the wish. */
export const phrasesIn: Record<WishLanguage, Phrases> = {
  en: english,
  de: german,
  es: spanish,
  fr: french,
};

/** "Wednesday 2 December, 10:00"; with its offset where this time comes twice. */
export function writeMoment(moment: DateTime, language: WishLanguage): string {
  const { momentFormat } = phrasesIn[language];
  const format = moment.getPossibleOffsets().length > 1 ? `${momentFormat} ZZZZ` : momentFormat;
  return moment.setLocale(language).toFormat(format);
}

export function writeDay(day: DateTime, language: WishLanguage): string {
  return day.setLocale(language).toFormat(phrasesIn[language].dayFormat);
}
