import type { When } from '../time/resolve-when.ts';
import type { WishLanguage } from '../words/language.ts';
import type { Concept } from '../words/lexicon/lexicon-types.ts';
import { has, hasWord, isNoun, type Clause, type Word } from './clauses.ts';

/** Commands that change the world and that a wish in plain words can ask for. */
export type CommitCommand =
  | 'schedule-post'
  | 'schedule-plan'
  | 'reschedule-post'
  | 'cancel-post'
  | 'delete-published-post'
  | 'describe-asset'
  | 'watch-folder'
  | 'pause-watch-folder'
  | 'resume-watch-folder'
  | 'remove-watch-folder';

export interface CommitFacts {
  language: WishLanguage;
  when: When;
  /** Whether the clause names an account or a platform. */
  namesAccount: boolean;
  /** Whether the clause names something that is there: a post, a draft, a recording. */
  namesThing: boolean;
  path: string | undefined;
}

const deeds: readonly Concept[] = [
  'publish',
  'schedule',
  'reschedule',
  'cancel',
  'delete',
  'watch',
  'pause',
  'resume',
  'stop',
  'describe',
  'put',
];

/** Small words that may stand before the verb after a time was taken from the beginning. */
const leftovers = new Set('on at the by for in am um im ab el la a al le les to'.split(' '));

/**
 * The commitment that a clause asks for, in so many words: a verb of commitment where requests stand, not denied, not
 * supposed, not reported, and about something. Everything else is talk, whatever a model thinks of it.
 */
export function findCommitment(clause: Clause, facts: CommitFacts): CommitCommand | undefined {
  if (clause.isFramed || isDenied(clause)) return undefined;
  // "Will it be published?" asks; "Can you publish it?" is a request.
  if (clause.isQuestion && !clause.isRequest) return undefined;
  const verb = findVerb(clause, facts.language);
  if (verb === undefined) return undefined;
  return commandFor(verb, clause, facts);
}

function isDenied(clause: Clause): boolean {
  return (
    has(clause, 'not', 'if', 'whether', 'should', 'why', 'how') ||
    hasWord(clause, 'when', 'wann', 'cuando', 'quand')
  );
}

function findVerb(clause: Clause, language: WishLanguage): Word | undefined {
  const { words, headIndex } = clause;
  let index = headIndex;
  while (leftovers.has(words[index]?.folded ?? '') && !isDeed(words[index])) index += 1;
  const head = words[index];
  if (isDeed(head) && !isNoun(words, index)) return head;
  // German puts the infinitive last: "Kannst du das am Freitag posten?"
  if (language === 'de' && (clause.isRequest || headIndex > 0)) {
    const last = words.at(-1);
    if (isDeed(last) && last?.folded.endsWith('n') === true) return last;
  }
  return undefined;
}

function isDeed(word: Word | undefined): boolean {
  return word?.concepts.some((concept) => deeds.includes(concept)) === true;
}

function commandFor(verb: Word, clause: Clause, facts: CommitFacts): CommitCommand | undefined {
  const can = (concept: Concept): boolean => verb.concepts.includes(concept);
  const isAboutFolder = has(clause, 'folder') || facts.path !== undefined;
  if (isAboutFolder) {
    if (can('stop')) return 'remove-watch-folder';
    if (can('pause')) return 'pause-watch-folder';
    if (can('resume')) return 'resume-watch-folder';
    if (can('watch') && isWholeVerb(verb, clause)) return 'watch-folder';
  }
  if (can('describe') && has(clause, 'again') && (facts.namesThing || has(clause, 'recording'))) {
    return 'describe-asset';
  }
  if (!isWholeVerb(verb, clause) || isForMe(verb, clause)) return undefined;
  const isAboutPost = has(clause, 'post', 'draft') || facts.namesThing || has(clause, 'this');
  if (can('cancel') && isAboutPost && clause.material.length === 0) return 'cancel-post';
  if (can('cancel') && has(clause, 'post')) return 'cancel-post';
  // Which of the two it is, the state of the post decides.
  if (can('delete') && (has(clause, 'post') || facts.namesThing)) return 'cancel-post';
  if (can('reschedule') && (isAboutPost || clause.material.length > 0)) return 'reschedule-post';
  if (!can('publish') && !can('schedule') && !can('put')) return undefined;
  if (clause.material.length === 0 && isThePlan(clause)) return 'schedule-plan';
  return isPublishing(verb, clause, facts) ? 'schedule-post' : undefined;
}

function isPublishing(verb: Word, clause: Clause, { when, namesAccount, namesThing }: CommitFacts): boolean {
  const isShown = clause.material.length > 0;
  const hasMoment = when.kind !== 'none';
  if (!isShown && has(clause, 'idea', 'analytics')) return false;
  if (!isShown && has(clause, 'week', 'campaign') && !namesThing && !isDefinite(when)) return false;
  const isMeant = isShown || namesThing || has(clause, 'this', 'best') || isOne(clause);
  if (verb.concepts.includes('put')) return isMeant && (hasMoment || namesAccount);
  return (
    isMeant ||
    (hasMoment && (namesAccount || has(clause, 'post', 'draft', 'caption'))) ||
    (namesAccount && hasSomething(clause))
  );
}

/** "can you schedule posts?" asks what Longhand can do; "post the draft" means one. */
function isOne(clause: Clause): boolean {
  return clause.words.some(
    ({ folded }, index) =>
      articles.has(folded) &&
      clause.words
        .slice(index + 1, index + 4)
        .some(({ concepts }) =>
          concepts.some((concept) => ['post', 'draft', 'caption', 'recording'].includes(concept)),
        ),
  );
}

/** "schedule the plan": the one that was laid out before. */
function isThePlan({ words }: Clause): boolean {
  return words.some(
    ({ folded, concepts }, index) =>
      (articles.has(folded) || concepts.includes('this')) &&
      ['plan', 'plans'].includes(words[index + 1]?.folded ?? ''),
  );
}

const articles = new Set(
  'the my our whole den die das ganzen meinen mein meine el la mi mon ma le la notre unseren'.split(' '),
);

function hasSomething(clause: Clause): boolean {
  return hasWord(
    clause,
    'something',
    'etwas',
    'algo',
    'quelque',
    'anything',
    'about',
    'uber',
    'sobre',
    'sur',
  );
}

function isDefinite(when: When): boolean {
  return when.kind === 'at' || when.kind === 'now' || when.kind === 'next-slot';
}

/** Verbs that mean it only with a second word. */
const secondWords: Record<string, readonly string[]> = {
  call: ['off'],
  drop: ['post', 'draft'],
  bring: ['forward', 'online', 'raus'],
  get: ['out'],
  keep: ['eye'],
  stell: ['online', 'ein', 'rein'],
  stelle: ['online', 'ein', 'rein'],
  lade: ['hoch'],
  sag: ['ab'],
  sage: ['ab'],
  nimm: ['zuruck', 'raus'],
  mets: ['ligne'],
  hor: ['auf'],
  brich: ['ab'],
  scrap: ['post', 'draft'],
  look: ['after'],
};

function isWholeVerb(verb: Word, clause: Clause): boolean {
  const needed = secondWords[verb.folded];
  return needed === undefined || hasWord(clause, ...needed);
}

/** "share me some ideas", "schick mir": for the person, not for the world. */
function isForMe(verb: Word, clause: Clause): boolean {
  const next = clause.words[clause.words.indexOf(verb) + 1];
  return (
    next !== undefined &&
    ['me', 'us', 'mir', 'uns', 'nos', 'moi', 'nous', 'your', 'deine'].includes(next.folded)
  );
}
