/** What a word can stand for. A word may stand for several things; the place in the sentence decides. */
export type Concept =
  // What is asked for.
  | 'publish'
  | 'schedule'
  | 'reschedule'
  | 'cancel'
  | 'delete'
  | 'watch'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'describe'
  | 'put'
  | 'write'
  | 'give'
  | 'brainstorm'
  | 'plan'
  | 'show'
  | 'search'
  | 'explain'
  | 'summarise'
  | 'tell'
  // What it is about.
  | 'idea'
  | 'caption'
  | 'text'
  | 'post'
  | 'draft'
  | 'week'
  | 'campaign'
  | 'calendar'
  | 'account'
  | 'analytics'
  | 'recording'
  | 'folder'
  | 'slot'
  // What happened.
  | 'failed'
  | 'appeared'
  | 'planned'
  | 'connected'
  | 'running'
  | 'did'
  // The little words.
  | 'why'
  | 'what'
  | 'when'
  | 'how'
  | 'which'
  | 'happened'
  | 'not'
  | 'if'
  | 'whether'
  | 'should'
  | 'says'
  | 'best'
  | 'all'
  | 'again'
  | 'this'
  | 'mention';

/** What the rules need to know of a language, as it is written: without accents, in small letters, words parted by spaces. */
export interface Lexicon {
  /** The forms of the words that stand for a concept. */
  forms: Partial<Record<Concept, string>>;
  /** Beginnings that are polite and mean nothing. */
  polite: string;
  /** Beginnings after which stands what is wanted: "can you", "ich möchte, dass du", "je veux que tu". Longest first. */
  requestBeginnings: readonly string[];
}
