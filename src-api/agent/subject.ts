import type { Clause } from './understand/clauses.ts';
import type { NamedThings } from './understand/names.ts';
import { materialMark, withoutMarks } from './understand/separate-material.ts';
import { fold } from './words/fold.ts';
import { languageWords } from './words/lexicon.ts';
import type { WishLanguage } from './words/language.ts';

/** What stands before the subject of something that is to be written or found. */
const before: Record<WishLanguage, RegExp> = {
  en: /\b(?:about|on the topic of|on the subject of|regarding|concerning|around|for|of|from|on)\b/iu,
  de: /(?<!\p{L})(?:über|ueber|zum thema|zu|zum|zur|von|vom|für|fuer|aus)(?!\p{L})/iu,
  es: /(?<!\p{L})(?:sobre|acerca de|para|de|del)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:sur|à propos de|au sujet de|pour|de la|de|du)(?!\p{L})/iu,
};

/** The clearest of them: what follows these is the subject, wherever they stand. */
const clearly: Record<WishLanguage, RegExp> = {
  en: /\b(?:about|on the topic of|on the subject of|regarding|concerning)\b/iu,
  de: /(?<!\p{L})(?:über|ueber|zum thema)(?!\p{L})/iu,
  es: /(?<!\p{L})(?:sobre|acerca de)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:sur|à propos de|au sujet de)(?!\p{L})/iu,
};

/** What a clause wants something about: what is quoted in it, else what follows "about", "for" and the like. */
export function subjectOf(
  clause: Clause,
  named: Pick<NamedThings, 'platforms'>,
  language: WishLanguage,
): string | undefined {
  if (clause.material.length > 0) return clause.material.join('\n\n');
  const text = withoutPlatforms(withoutMarks(clause.text.replace(materialMark, ' ')), named);
  for (const place of [clearly[language], before[language]]) {
    const found = place.exec(text);
    if (found === null) continue;
    const subject = text
      .slice(found.index + found[0].length)
      .replace(/^\s*[:,]?\s*/u, '')
      .trim();
    if (isSubject(subject, language)) return subject;
  }
  return undefined;
}

/** "next week" and "me" are no subjects. */
function isSubject(subject: string, language: WishLanguage): boolean {
  const { forms, polite } = languageWords[language];
  const words = fold(subject).match(/[\p{L}\p{N}]+/gu) ?? [];
  const own = words.filter(
    (word) =>
      word.length > 2 &&
      !polite.has(word) &&
      !smallWords.has(word) &&
      forms.get(word)?.some((concept) => ['week', 'this', 'account', 'calendar'].includes(concept)) !== true,
  );
  return own.length > 0;
}

const smallWords = new Set(
  'the my our your meine mein mir dem den der die das nachste nachsten next coming last this mis para pour les des une eine einen und and moi nous'.split(
    ' ',
  ),
);

function withoutPlatforms(text: string, { platforms }: Pick<NamedThings, 'platforms'>): string {
  let result = text;
  for (const platform of platforms) {
    result = result.replace(
      new RegExp(
        `[,\\s]*(?:(?:and|und|y|et)\\s+)?(?:(?:on|for|to|auf|für|en|para|sur|pour)\\s+)?${platform}`,
        'giu',
      ),
      ' ',
    );
  }
  return result.replace(/\s+/gu, ' ').trim();
}

const numbers: Record<WishLanguage, string> = {
  en: 'one two three four five six seven eight nine ten eleven twelve',
  de: 'eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf',
  es: 'uno dos tres cuatro cinco seis siete ocho nueve diez once doce',
  fr: 'un deux trois quatre cinq six sept huit neuf dix onze douze',
};

/** How many are wanted: a number right before the thing, as a word or in digits. */
export function countIn(clause: Clause, language: WishLanguage, largest: number): number | undefined {
  const names = numbers[language].split(' ');
  const things = ['idea', 'caption', 'text', 'post', 'draft'];
  for (const [index, { folded }] of clause.words.entries()) {
    const count = /^\d{1,2}$/u.test(folded)
      ? Number(folded)
      : names.findIndex(
          (name) =>
            name === folded ||
            (name.length > 3 && folded.length === name.length - 1 && name.startsWith(folded)),
        ) + 1;
    const isBeforeThing = clause.words
      .slice(index + 1, index + 4)
      .some(({ concepts }) => concepts.some((concept) => things.includes(concept)));
    const isOne = count === 1 && !/^\d/u.test(folded);
    if (count > 0 && !isOne && isBeforeThing) return Math.min(count, largest);
  }
  // "Brainstorm ten topics", where the thing is not known.
  return undefined;
}
