import { foldedWords, fold, isNearly } from '../words/fold.ts';
import type { WishLanguage } from '../words/language.ts';
import { languageWords, type LanguageWords } from '../words/lexicon.ts';
import type { Concept } from '../words/lexicon/lexicon-types.ts';
import { materialMark, materialOf, withoutMarks, type SeparatedWish } from './separate-material.ts';

export interface Word {
  folded: string;
  concepts: readonly Concept[];
}

/** A part of a wish that asks for one thing. */
export interface Clause {
  /** The person's own words, with the marks of what is quoted in them. */
  text: string;
  words: readonly Word[];
  /** Where politeness ends and the request begins. */
  headIndex: number;
  /** It began with "can you", "ich möchte" and the like. */
  isRequest: boolean;
  isQuestion: boolean;
  /** What was said before in the same sentence makes this a report, a supposition or a question about how. */
  isFramed: boolean;
  material: string[];
}

/** Words that join what is asked for. A clause begins after one only where a request does. */
const joiners =
  /(?:[,;]\s*|\s+)(?:and then|and also|and|then|und dann|und|danach|dann|y luego|y despues|y|luego|et puis|et ensuite|et|puis|ensuite)\s+|[,;]\s+/giu;

const requestConcepts: readonly Concept[] = [
  'publish',
  'schedule',
  'reschedule',
  'cancel',
  'watch',
  'pause',
  'resume',
  'stop',
  'write',
  'give',
  'brainstorm',
  'plan',
  'show',
  'search',
  'explain',
  'summarise',
  'tell',
  'put',
  'why',
];

/** What stands before in a sentence and turns a request into talk about one. */
const framingConcepts: readonly Concept[] = ['if', 'whether', 'says', 'should', 'how'];

export function readClauses({ words, material }: SeparatedWish, language: WishLanguage): Clause[] {
  return sentencesOf(words).flatMap(({ text, isQuestion }) => {
    const parts = splitSentence(text, language);
    let isFramed = false;
    return parts.map((part) => {
      const clause = readClause(part, language, { isQuestion, isFramed, material });
      isFramed ||= clause.words.some(({ concepts }) =>
        concepts.some((concept) => framingConcepts.includes(concept)),
      );
      return clause;
    });
  });
}

export function has(clause: Clause, ...concepts: Concept[]): boolean {
  return clause.words.some((word) => word.concepts.some((concept) => concepts.includes(concept)));
}

export function hasWord(clause: Clause, ...folded: string[]): boolean {
  return clause.words.some((word) => folded.includes(word.folded));
}

export function headIs(clause: Clause, ...concepts: Concept[]): boolean {
  return clause.words[clause.headIndex]?.concepts.some((concept) => concepts.includes(concept)) === true;
}

function sentencesOf(text: string): { text: string; isQuestion: boolean }[] {
  // A dot after a digit belongs to a date or a number.
  const pieces = text.split(/(?<=[!?;\n]|(?<!\d)\.)(?=\s|$)|\n/u);
  return pieces
    .map((piece) => ({ text: piece.replace(/[.;!?]+\s*$/u, '').trim(), isQuestion: /\?\s*$/u.test(piece) }))
    .filter((piece) => piece.text !== '' && /[\p{L}\p{N}]/u.test(piece.text));
}

function splitSentence(sentence: string, language: WishLanguage): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const joiner of sentence.matchAll(joiners)) {
    const end = joiner.index + joiner[0].length;
    const rest = readWords(sentence.slice(end), languageWords[language]);
    const { index } = skipBeginning(rest, languageWords[language]);
    const isRequest = rest[index]?.concepts.some((concept) => requestConcepts.includes(concept)) === true;
    if (!isRequest || isNoun(rest, index)) continue;
    parts.push(sentence.slice(start, joiner.index));
    start = end;
  }
  parts.push(sentence.slice(start));
  return parts.filter((part) => /[\p{L}\p{N}]/u.test(part));
}

function readClause(
  text: string,
  language: WishLanguage,
  context: { isQuestion: boolean; isFramed: boolean; material: readonly string[] },
): Clause {
  const dictionary = languageWords[language];
  const words = readWords(text, dictionary);
  const { index, isRequest } = skipBeginning(words, dictionary);
  const { isQuestion, isFramed, material } = context;
  return {
    text,
    words,
    headIndex: index,
    isRequest,
    isQuestion,
    isFramed,
    material: materialOf(text, material),
  };
}

/** Phrases of several words that mean what one word does elsewhere. */
const phrases: [RegExp, string][] = [
  [/\bhow come\b/gu, 'why'],
  [/\bpor que\b/gu, 'porque'],
  [/\bwhat is going on\b/gu, 'what is running'],
  [/\bgo(?:es)? out\b/gu, 'goes out'],
  [/\bwhats\b/gu, 'what is'],
  [/\bget rid of\b/gu, 'cancel'],
  [/\blined up\b/gu, 'planned'],
  [/\bput (.*)\boff\b/gu, 'postpone $1'],
  [/\b(?:lauft|geht|kommt) (.*)\braus\b/gu, 'geplant $1'],
];

export function readWords(text: string, dictionary: LanguageWords): Word[] {
  let plain = fold(withoutMarks(text.replace(materialMark, ' ')));
  for (const [phrase, word] of phrases) plain = plain.replace(phrase, word);
  return foldedWords(plain).map((folded) => ({ folded, concepts: conceptsOf(folded, dictionary) }));
}

/** Common words that lie near a word for something else, and are not that word misspelt. */
const wellSpelt = new Set(
  'there where their thank thanks thing things three while whole great there these those other water money right might light night plans plant place space start story people after years worth words world whose being until under since still again about'.split(
    ' ',
  ),
);

function conceptsOf(word: string, { forms, polite }: LanguageWords): readonly Concept[] {
  const exact = forms.get(word);
  if (exact !== undefined || polite.has(word) || wellSpelt.has(word)) return exact ?? [];
  for (const [form, concepts] of forms) {
    if (form.length > 4 && isNearly(word, form)) return concepts;
  }
  return [];
}

function skipBeginning(
  words: readonly Word[],
  { polite, requestBeginnings }: LanguageWords,
): { index: number; isRequest: boolean } {
  let index = 0;
  let isRequest = false;
  const startsWith = (beginning: readonly string[]): boolean =>
    beginning.every((word, offset) => words[index + offset]?.folded === word);
  while (index < words.length) {
    const beginning = requestBeginnings.find(startsWith);
    if (beginning !== undefined) {
      isRequest = true;
      index += beginning.length;
      continue;
    }
    const word = words[index];
    if (word === undefined || !polite.has(word.folded) || word.concepts.includes('publish')) break;
    index += 1;
  }
  return { index, isRequest };
}

/** "post ideas", "schedule of next week": a word for a deed that names a thing here. */
const compoundHeads = new Set(
  'idea ideas schedule schedules plan plans caption captions text texts analytics stats statistics history calendar draft drafts mortem of topics performance numbers de der'.split(
    ' ',
  ),
);

export function isNoun(words: readonly Word[], index: number): boolean {
  const [word, next] = [words[index], words[index + 1]];
  if (word === undefined || next === undefined) return false;
  const canBeThing =
    word.concepts.some((concept) =>
      ['post', 'calendar', 'draft', 'plan', 'text', 'idea'].includes(concept),
    ) || word.concepts.includes('publish');
  return canBeThing && compoundHeads.has(next.folded) && !word.concepts.includes('write');
}
