import type { Concept } from '../words/lexicon/lexicon-types.ts';
import { languageWords } from '../words/lexicon.ts';
import { isSmallWord, setOf, type WishLanguage } from '../words/language.ts';
import { has, hasWord, headIs, type Clause } from './clauses.ts';

/** What decides whether a clause asks about Longhand's own things or about what somebody said. */
export interface ContentFacts {
  language: WishLanguage;
  /** The clause without times and titles. */
  bare: Clause;
  hasAttached: boolean;
  /** A post, an account or a platform is named. */
  namesOwnThing: boolean;
}

/** What Longhand keeps for a creator. */
const work: readonly Concept[] = [
  'post',
  'draft',
  'account',
  'calendar',
  'slot',
  'folder',
  'appeared',
  'failed',
  'planned',
  'connected',
  'running',
  'analytics',
  'campaign',
  'caption',
];

const questionWords: readonly Concept[] = ['what', 'when', 'how', 'which', 'why'];

const questionBeginnings: Record<WishLanguage, ReadonlySet<string>> = {
  en: setOf('who whose whom is are was were did does do has have had'),
  de: setOf('wer wem wen wessen wovon woruber worum ist sind war waren hat haben gab gibt'),
  es: setOf('quien quienes es son era eran fue hay habia ha han'),
  fr: setOf('qui de est sont etait etaient a ont y'),
};

/** English says "it" of a post, so that these are people. */
const people = setOf('he she his her hers him speaker speakers narrator guest guests host');

/** Elsewhere, and for several, the same word may stand for posts. */
const peopleOrThings: Record<WishLanguage, readonly string[]> = {
  en: ['they', 'them', 'their'],
  de: ['er', 'sie', 'ihr', 'ihre', 'ihren', 'sein', 'seine', 'ihm'],
  es: ['el', 'ella', 'ellos', 'ellas', 'su', 'sus'],
  fr: ['il', 'elle', 'ils', 'elles', 'on', 'son', 'sa', 'ses', 'leur', 'leurs'],
};

const spoken =
  'say said says mention mentioned mentions talk talked speak spoke discuss discussed told'.split(' ');

const own = setOf(
  'my our mine mein meine meinen meiner unser unsere mi mis nuestra nuestras nuestro nuestros mon ma mes notre nos',
);

const past: Record<WishLanguage, readonly string[]> = {
  en: ['was', 'were', 'had'],
  de: ['war', 'waren', 'wurde', 'wurden', 'hatte', 'hatten'],
  es: ['estaba', 'estaban', 'fue', 'fueron', 'habia', 'habian'],
  fr: ['etait', 'etaient', 'avait', 'avaient'],
};

/** "Hat er die Idee erklärt?": one person, and what they have done. */
const hasSomebodyDone =
  /^(?:(?:hat|hatte) (?:er|sie)|(?:ha|habia) (?:el|ella)|(?:a|avait) t? ?(?:il|elle))(?: |$)/u;

const existence =
  /^(?:(?:is|are|was|were) there|(?:gibt|gab) es|hay|habia|y (?:a|avait) t? ?il|est ce qu il y (?:a|avait))(?: |$)/u;

/**
 * Whether a clause asks about what was said or shown, or only talks: answered in words, from what is attached. What
 * remains are wishes for something that a command makes or looks up. Never asked about a commitment.
 */
export function isAboutContent(clause: Clause, facts: ContentFacts): boolean {
  const { language, bare, hasAttached, namesOwnThing } = facts;
  if (isTelling(clause, facts)) return true;
  const isAsked = isAsking(clause, language);
  if (!isAsked || namesOwnThing || isSearch(clause, facts)) return false;
  const isAboutWork = has(clause, ...work);
  if (clause.words.some(({ folded }) => people.has(folded)) && language === 'en') return true;
  if (isPastPlan(clause, facts)) return true;
  const isWantedIdea =
    has(clause, 'idea') &&
    !hasSomebodyDone.test(plainText(clause)) &&
    (!hasAttached || hasWord(clause, 'for', 'fur', 'para', 'pour'));
  // "Que s'est-il passé ?" names nobody.
  const isImpersonal = has(clause, 'happened') && !hasOwnWords(bare, facts);
  if (hasWord(clause, ...peopleOrThings[language]) && !isAboutWork && !isWantedIdea && !isImpersonal)
    return true;
  if (isOwn(clause)) return false;
  if (existence.test(plainText(clause)) && !isAboutWork) return true;
  if (language === 'en' && hasWord(clause, ...spoken)) return true;
  if (has(clause, 'says', 'mention') && !isAboutWork) return true;
  if (has(clause, 'recording') && hasWord(clause, 'in', 'en', 'dans') && !isAboutWork) return true;
  if (has(clause, 'happened')) return !isAboutWork && !has(clause, 'recording') && hasOwnWords(bare, facts);
  if (!hasAttached || clause.isRequest || has(clause, 'should', 'connected')) return false;
  if (has(clause, 'why') && has(clause, 'post', 'appeared', 'planned')) return false;
  if (has(clause, 'post', 'draft') && has(clause, 'failed', 'planned')) return false;
  if (has(clause, 'idea') && !has(clause, 'what', 'which', 'how')) return false;
  return has(clause, 'recording') || hasOwnWords(bare, facts);
}

/** Whether something is asked, with or without the mark. */
export function isAsking(clause: Clause, language: WishLanguage): boolean {
  if (clause.isQuestion) return true;
  const [first] = clause.words;
  if (first === undefined) return false;
  return (
    first.concepts.some((concept) => questionWords.includes(concept)) ||
    questionBeginnings[language].has(first.folded)
  );
}

/** "Explain what happened at the end", "Tell me what she said", with a recording at hand. */
function isTelling(clause: Clause, { language, hasAttached, namesOwnThing, bare }: ContentFacts): boolean {
  if (namesOwnThing || has(clause, ...work)) return false;
  const isTold = headIs(clause, 'tell', 'explain', 'summarise');
  const isAboutPeople = language === 'en' && clause.words.some(({ folded }) => people.has(folded));
  if (isAboutPeople && (isTold || (headIs(clause, 'show', 'give') && has(clause, 'says', 'mention'))))
    return true;
  return isTold && hasAttached && (has(clause, 'recording', 'says') || hasOwnWords(bare, { language }));
}

/** "What was planned for the bakery?": Longhand's own plans lie ahead, or are named. */
function isPastPlan(clause: Clause, facts: ContentFacts): boolean {
  if (!has(clause, 'planned') || has(clause, 'post', 'draft', 'account', 'calendar', 'slot')) return false;
  return hasWord(clause, ...past[facts.language]) && hasOwnWords(facts.bare, facts);
}

/** Looks through the library: "which of my videos mention rye?" */
function isSearch(clause: Clause, { hasAttached }: ContentFacts): boolean {
  if (headIs(clause, 'search')) return true;
  const asksForPlace = hasWord(clause, 'where', 'wo', 'worin', 'donde', 'ou');
  return has(clause, 'which') && has(clause, 'recording') && (!asksForPlace || !hasAttached || isOwn(clause));
}

function isOwn(clause: Clause): boolean {
  return clause.words.some(({ folded }) => own.has(folded)) && has(clause, ...work, 'idea', 'recording');
}

/** Words that no command knows: the question is about them. "Next" and "at the end" are places in a story. */
function hasOwnWords(bare: Clause, { language }: Pick<ContentFacts, 'language'>): boolean {
  const { forms, polite } = languageWords[language];
  return bare.words.some(
    ({ folded, concepts }) =>
      storyWords.has(folded) ||
      (concepts.length === 0 &&
        folded.length > 2 &&
        !polite.has(folded) &&
        !forms.has(folded) &&
        !isSmallWord(folded, language)),
  );
}

const storyWords = setOf('next then after before end ends beginning start ende anfang final fin debut');

function plainText(clause: Clause): string {
  return clause.words.map(({ folded }) => folded).join(' ');
}
