import { setOf, type WishLanguage } from './language.ts';
import { english } from './lexicon/english.ts';
import { french } from './lexicon/french.ts';
import { german } from './lexicon/german.ts';
import type { Concept, Lexicon } from './lexicon/lexicon-types.ts';
import { spanish } from './lexicon/spanish.ts';

/** A language's words, ready to be looked up. */
export interface LanguageWords {
  forms: ReadonlyMap<string, readonly Concept[]>;
  polite: ReadonlySet<string>;
  requestBeginnings: readonly string[][];
}

export const languageWords: Record<WishLanguage, LanguageWords> = {
  en: compile(english),
  de: compile(german),
  es: compile(spanish),
  fr: compile(french),
};

function compile({ forms: written, polite, requestBeginnings }: Lexicon): LanguageWords {
  const forms = new Map<string, Concept[]>();
  for (const [concept, words] of Object.entries(written)) {
    for (const form of words.split(' ')) {
      const concepts = forms.get(form) ?? [];
      if (!concepts.includes(concept as Concept)) forms.set(form, [...concepts, concept as Concept]);
    }
  }
  return {
    forms,
    polite: setOf(polite),
    requestBeginnings: requestBeginnings.map((beginning) => beginning.split(' ')),
  };
}
