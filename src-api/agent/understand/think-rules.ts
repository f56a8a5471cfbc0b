import type { WishLanguage } from '../words/language.ts';
import { has, hasWord, headIs, isNoun, type Clause } from './clauses.ts';

/** Commands that are answered at once and that a wish in plain words can ask for. */
export type ThinkCommand =
  | 'generate-ideas'
  | 'draft-caption'
  | 'preview-plan'
  | 'search-library'
  | 'read-metadata'
  | 'look-up'
  | 'summarise-analytics'
  | 'explain-what-happened'
  | 'list-activity';

export type LookUpTarget = 'posts' | 'accounts' | 'schedule';

export interface ThinkReading {
  command: ThinkCommand;
  subject?: LookUpTarget;
}

type Rule = (clause: Clause, language: WishLanguage) => ThinkReading | undefined;

/** From the clearest to the vaguest; the first that fits decides. */
const rules: readonly Rule[] = [
  explain,
  analytics,
  plan,
  captionOfWriting,
  ideas,
  caption,
  accounts,
  search,
  metadata,
  activity,
  schedule,
  posts,
];

export function findThinking(clause: Clause, language: WishLanguage): ThinkReading | undefined {
  if (isHowTo(clause) || isAbility(clause)) return undefined;
  for (const rule of rules) {
    const reading = rule(clause, language);
    if (reading !== undefined) return reading;
  }
  return undefined;
}

/** What a clause may be about although no rule is sure: the short list for a model, or for a question. */
export function guessThinking(clause: Clause, hasAttached: boolean): ThinkCommand[] {
  if (isHowTo(clause) || isAbility(clause)) return [];
  // "Give me the quote about the oven": where a recording is at hand, only what names a product asks for one.
  const namesProduct = has(clause, 'idea', 'caption', 'campaign', 'calendar', 'account', 'analytics', 'post');
  if (hasAttached && !namesProduct) return [];
  const guesses: [ThinkCommand, boolean][] = [
    ['generate-ideas', headIs(clause, 'give', 'brainstorm') || has(clause, 'idea')],
    ['draft-caption', headIs(clause, 'write', 'give') || (has(clause, 'caption') && !clause.isQuestion)],
    ['preview-plan', headIs(clause, 'plan') || has(clause, 'campaign')],
    ['look-up', has(clause, 'calendar', 'account') || (headIs(clause, 'show') && has(clause, 'post'))],
    ['search-library', headIs(clause, 'search') || (has(clause, 'recording') && !clause.isQuestion)],
    ['summarise-analytics', has(clause, 'analytics')],
    ['explain-what-happened', has(clause, 'failed') && clause.isQuestion],
  ];
  return guesses.filter(([, fits]) => fits).map(([command]) => command);
}

function explain(clause: Clause): ThinkReading | undefined {
  if (has(clause, 'if')) return undefined;
  const isAboutWork = has(clause, 'failed', 'appeared', 'post', 'recording', 'planned', 'happened', 'folder');
  const isAsked = has(clause, 'why') && (isAboutWork || (has(clause, 'this') && has(clause, 'not')));
  const isTold = has(clause, 'happened') && (has(clause, 'what', 'explain', 'tell') || clause.isQuestion);
  const isExplained = has(clause, 'explain') && has(clause, 'failed', 'happened', 'not', 'appeared');
  return isAsked || isTold || isExplained ? { command: 'explain-what-happened' } : undefined;
}

function analytics(clause: Clause): ThinkReading | undefined {
  const isNamed = has(clause, 'analytics') && !has(clause, 'idea') && !headIs(clause, 'write');
  const isAsked =
    has(clause, 'how') && has(clause, 'did') && has(clause, 'post', 'campaign', 'this', 'week', 'recording');
  return isNamed || isAsked ? { command: 'summarise-analytics' } : undefined;
}

function plan(clause: Clause): ThinkReading | undefined {
  if (has(clause, 'caption', 'text', 'planned') && !headIs(clause, 'plan')) return undefined;
  if (isNoun(clause.words, clause.headIndex)) return undefined;
  const isLaidOut = has(clause, 'plan') || headIs(clause, 'schedule', 'write', 'give', 'put');
  if (has(clause, 'idea') && !headIs(clause, 'plan')) return undefined;
  return isLaidOut && has(clause, 'week', 'campaign') ? { command: 'preview-plan' } : undefined;
}

/** "Draft a post about my idea": what is written comes before what it is about. */
function captionOfWriting(clause: Clause): ThinkReading | undefined {
  if (!headIs(clause, 'write')) return undefined;
  const firstThing = clause.words
    .slice(clause.headIndex + 1)
    .find(({ concepts }) =>
      concepts.some((concept) => ['caption', 'text', 'post', 'idea', 'campaign'].includes(concept)),
    );
  const isText =
    firstThing?.concepts.some((concept) => ['caption', 'text', 'post'].includes(concept)) === true;
  const isSomething = hasWord(clause, 'something', 'etwas', 'algo', 'quelque');
  return isText || (firstThing === undefined && isSomething) ? { command: 'draft-caption' } : undefined;
}

function ideas(clause: Clause): ThinkReading | undefined {
  const isSearched = has(clause, 'mention') && has(clause, 'recording');
  const isWanted = has(clause, 'idea') && !isSearched;
  const isAsked =
    has(clause, 'what') &&
    has(clause, 'should') &&
    has(clause, 'post', 'publish') &&
    clause.words.length < 12;
  return isWanted || headIs(clause, 'brainstorm') || isAsked ? { command: 'generate-ideas' } : undefined;
}

function caption(clause: Clause): ThinkReading | undefined {
  if (headIs(clause, 'show', 'search') && !headIs(clause, 'give')) return undefined;
  const isWritten = has(clause, 'caption') && !clause.isQuestion;
  const isWanted = headIs(clause, 'write', 'give') && has(clause, 'caption', 'text');
  return isWritten || isWanted || (clause.isRequest && has(clause, 'caption'))
    ? { command: 'draft-caption' }
    : undefined;
}

function accounts(clause: Clause): ThinkReading | undefined {
  const isAsked =
    has(clause, 'show', 'which', 'what', 'connected') || (has(clause, 'how') && clause.isQuestion);
  return has(clause, 'account') && isAsked ? { command: 'look-up', subject: 'accounts' } : undefined;
}

function search(clause: Clause): ThinkReading | undefined {
  const isLooking = has(clause, 'search') && has(clause, 'recording', 'mention');
  const isAsking =
    has(clause, 'which') &&
    (has(clause, 'recording') || has(clause, 'mention')) &&
    has(clause, 'mention', 'recording');
  if (has(clause, 'post', 'draft', 'failed') && !has(clause, 'recording')) return undefined;
  return isLooking || (isAsking && (clause.isQuestion || headIs(clause, 'show', 'which')))
    ? { command: 'search-library' }
    : undefined;
}

function metadata(clause: Clause): ThinkReading | undefined {
  const isTold = headIs(clause, 'tell', 'describe', 'show') && has(clause, 'recording');
  const isMeasured =
    has(clause, 'how') &&
    hasWord(clause, 'long', 'lang', 'largo', 'dura', 'duree') &&
    has(clause, 'recording');
  if (headIs(clause, 'show') && !hasWord(clause, 'about', 'the')) return undefined;
  return isTold || isMeasured ? { command: 'read-metadata' } : undefined;
}

function activity(clause: Clause): ThinkReading | undefined {
  const isAsked = has(clause, 'what', 'show', 'which');
  return has(clause, 'running') && isAsked && !has(clause, 'post') ? { command: 'list-activity' } : undefined;
}

function schedule(clause: Clause): ThinkReading | undefined {
  const isAsked = has(clause, 'what', 'when', 'which', 'show', 'search') || clause.isQuestion;
  const isHead =
    headIs(clause, 'calendar') && (isNoun(clause.words, clause.headIndex) || !headIs(clause, 'schedule'));
  const isPlanned = has(clause, 'planned', 'calendar') && (isAsked || isHead);
  const isDue = has(clause, 'when') && has(clause, 'post') && !has(clause, 'should');
  return isPlanned || isDue || isHead ? { command: 'look-up', subject: 'schedule' } : undefined;
}

function posts(clause: Clause): ThinkReading | undefined {
  const isAsked = headIs(clause, 'show', 'search', 'give', 'which', 'what') || has(clause, 'which');
  const isState = clause.isQuestion && has(clause, 'appeared', 'failed') && !has(clause, 'should', 'if');
  return has(clause, 'post', 'draft') && (isAsked || isState)
    ? { command: 'look-up', subject: 'posts' }
    : undefined;
}

/** "How do I schedule a post?" is a question about Longhand: talk. */
function isHowTo(clause: Clause): boolean {
  if (!has(clause, 'how')) return false;
  const isAboutDoing = hasWord(
    clause,
    'to',
    'i',
    'we',
    'one',
    'ich',
    'man',
    'wir',
    'puedo',
    'podemos',
    'se',
    'hago',
    'je',
    'on',
    'nous',
  );
  const isInfinitive = clause.words.some(
    ({ folded }, index) => index > 0 && /(?:ar|er|ir)$/u.test(folded) && hasWord(clause, 'como', 'comment'),
  );
  return (isAboutDoing || isInfinitive) && !has(clause, 'did', 'analytics');
}

/** "Can you schedule posts?" asks what Longhand can do. */
function isAbility(clause: Clause): boolean {
  return (
    clause.isQuestion &&
    clause.isRequest &&
    headIs(clause, 'publish', 'schedule', 'reschedule', 'cancel') &&
    clause.words.length - clause.headIndex <= 3
  );
}
