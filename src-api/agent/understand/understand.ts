import type { DateTime } from 'luxon';
import { resolveWhen, type When } from '../time/resolve-when.ts';
import { detectLanguage, wishLanguages, type WishLanguage } from '../words/language.ts';
import { headIs, readClauses, type Clause } from './clauses.ts';
import { findCommitment, type CommitCommand } from './commit-rules.ts';
import { separateMaterial, type SeparatedWish } from './separate-material.ts';
import { isAboutContent, isAsking } from './content-questions.ts';
import { findThinking, guessThinking, type LookUpTarget, type ThinkCommand } from './think-rules.ts';
import { findNames, type Names, type NamedThings } from './names.ts';

export interface ThinkIntent {
  mode: 'think';
  command: ThinkCommand;
  subject: LookUpTarget | undefined;
  clause: Clause;
  named: NamedThings;
}

export interface CommitIntent {
  mode: 'commit';
  command: CommitCommand;
  clause: Clause;
  named: NamedThings;
  when: When;
}

export type Intent = ThinkIntent | CommitIntent;

export interface Understanding {
  language: WishLanguage;
  intents: Intent[];
  /** Where nothing is sure: what it may be. Never a commitment. */
  guesses: ThinkCommand[];
  /** Something is asked, whatever it is about. */
  isQuestion: boolean;
  /** It is asked what was said or shown in recordings. */
  isAboutContent: boolean;
}

export interface WishContext {
  /** In the zone of the creator. */
  now: DateTime;
  names: Names;
  /** Of the conversation: for wishes of a word or two, which tell nothing. */
  usualLanguage: WishLanguage;
  /** Recordings are attached to the conversation: then questions are mostly about them. */
  hasAttached: boolean;
}

/** More than this is pasted, and nobody's wish in so many words. */
const longestWish = 2_000;

/**
 * What a wish asks for, found by rules over the person's own words. A commitment comes from here and from nowhere else:
 * no model can add one.
 */
export function understand(wish: string, context: WishContext): Understanding {
  const separated = separateMaterial(wish);
  const language = detectLanguage(separated.words) ?? context.usualLanguage;
  const mayCommit = separated.words.length <= longestWish;
  const { hasAttached } = context;
  const read = createReader(context);
  const clauses = readClauses(separated, language).map((clause) => read(clause, language));
  const intents = clauses.flatMap((each) => readIntent(each, hasAttached, mayCommit) ?? []);
  const isTalk = clauses.some((each) => isForTalk(each, hasAttached));
  const kind = {
    isQuestion: clauses.some(
      ({ clause }) => isAsking(clause, language) || headIs(clause, 'tell', 'explain', 'summarise'),
    ),
    isAboutContent: isTalk,
  };
  if (intents.length > 0) return { language, intents, guesses: [], ...kind };
  const guesses = [
    ...new Set(
      clauses.flatMap((each) =>
        isForTalk(each, hasAttached) ? [] : guessThinking(each.clause, hasAttached),
      ),
    ),
  ];
  const elsewhere =
    guesses.length === 0 && !isTalk
      ? thinkInOtherLanguage(separated, language, read, hasAttached)
      : undefined;
  return elsewhere === undefined
    ? { language, intents: [], guesses, ...kind }
    : { ...elsewhere, guesses: [], ...kind };
}

/** A clause in one language, with all that it names. */
interface ReadClause {
  clause: Clause;
  language: WishLanguage;
  named: NamedThings;
  when: When;
  /** Without times and titles. */
  bare: Clause;
}

type Read = (clause: Clause, language: WishLanguage) => ReadClause;

/** Names are the same in every language: they are looked for once, however many languages are tried. */
function createReader({ now, names }: Pick<WishContext, 'now' | 'names'>): Read {
  const namedIn = new Map<string, NamedThings>();
  return (clause, language) => {
    const key = [clause.text, ...clause.material].join('\n');
    const named = namedIn.get(key) ?? findNames(clause, names);
    namedIn.set(key, named);
    const { when, rest } = resolveWhen(named.rest, { language, now });
    return { clause, language, named, when, bare: readBare(clause, rest, language) };
  };
}

function readIntent(read: ReadClause, hasAttached: boolean, mayCommit: boolean): Intent | undefined {
  const { clause, language, named, when, bare } = read;
  const facts = {
    language,
    when,
    namesAccount: named.accounts.length > 0 || named.isEveryAccount,
    namesThing: named.posts.length > 0 || named.assets.length > 0,
    path: named.path,
  };
  const command = mayCommit ? findCommitment(bare, facts) : undefined;
  if (command !== undefined) return { mode: 'commit', command, clause, named, when };
  if (isForTalk(read, hasAttached)) return undefined;
  const thinking = findThinking(clause, language);
  if (thinking === undefined) return undefined;
  return { mode: 'think', command: thinking.command, subject: thinking.subject, clause, named };
}

/** Asked after every commitment: what this says of a clause can only keep a thought from being run. */
function isForTalk({ clause, language, named, bare }: ReadClause, hasAttached: boolean): boolean {
  const namesOwnThing =
    named.posts.length > 0 || named.accounts.length > 0 || named.isEveryAccount || named.platforms.length > 0;
  return isAboutContent(clause, { language, bare, hasAttached, namesOwnThing });
}

/** The clause without times and titles: what is left shows where the verb stands. */
function readBare(clause: Clause, rest: string, language: WishLanguage): Clause {
  const [bare] = readClauses({ words: rest.replace(/[.;!?\n]/gu, ' '), material: [] }, language);
  if (bare === undefined) return clause;
  const { isQuestion, isFramed, material } = clause;
  const all = readClauses({ words: rest.replace(/[.;!?,\n]/gu, ' '), material: [] }, language);
  const words = all.flatMap((part) => part.words);
  return { ...bare, words, isRequest: bare.isRequest || clause.isRequest, isQuestion, isFramed, material };
}

/** The small words may mislead in short wishes. Thinking does no harm, so another language may be right too. */
function thinkInOtherLanguage(
  separated: SeparatedWish,
  first: WishLanguage,
  read: Read,
  hasAttached: boolean,
): Pick<Understanding, 'language' | 'intents'> | undefined {
  for (const language of wishLanguages) {
    if (language === first) continue;
    const intents = readClauses(separated, language).flatMap(
      (clause) => readIntent(read(clause, language), hasAttached, false) ?? [],
    );
    if (intents.length > 0) return { language, intents };
  }
  return undefined;
}
