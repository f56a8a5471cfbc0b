import type { Mode } from '../../../src-shared/contract/define-command.ts';
import type { CommitCommand } from '../understand/commit-rules.ts';
import type { ThinkCommand } from '../understand/think-rules.ts';

/** Something to press, and what the person would say instead. */
export interface Offer {
  label: string;
  wish: string;
}

/** All that the assistant says by itself, in one language. What a command answers is not among it. */
export interface Phrases {
  /** How a moment is written, as Luxon's `toFormat` has it. */
  momentFormat: string;
  dayFormat: string;

  /** Why a command is done in its mode: what a card says of itself. */
  reasonOfMode: Record<Mode, string>;
  reasonOf: Record<CommitCommand, string>;

  /** What a proposal is for, as the beginning of a sentence; with the moment where one is fixed. */
  deeds: Record<CommitCommand, string>;
  waitsForApproval: (deed: string, moment: string | undefined) => string;
  /** A standing grant let it through. */
  scheduledFor: (moment: string) => string;
  accepted: (deed: string) => string;

  nothingDone: string;
  /** Before what a command says of itself, which is in English: an error, a cause, numbers. */
  introduce: Record<'error' | 'cause' | 'numbers', (said: string) => string>;
  noAccountYet: string;
  /** What to do where there is no account to post with. */
  connectOne: string;
  noPlanYet: string;
  planWithoutAccounts: string;
  shownAlready: string;
  stoppedAfterSteps: (count: number) => string;
  /** A wish had more parts, or took longer, than one answer may. */
  cutShort: { steps: (count: number) => string; time: string };

  notSure: string;
  offers: Record<ThinkCommand, Offer>;

  aboutWhat: Record<'generate-ideas' | 'draft-caption' | 'preview-plan', string>;
  whichRecording: string;
  whichOfRecordings: string;
  whichFolder: string;
  whichWatchedFolder: string;
  whatText: string;
  whichPost: string;
  noPostToChange: string;
  whichAccount: string;
  noAccountOn: (platform: string) => string;
  allAccounts: Offer;
  when: string;
  nextSlot: Offer;
  now: Offer;
  /** What is asked where a time can be told in two ways. */
  unclearTime: Record<'several' | 'twice' | 'skipped' | 'which-day' | 'part-of-day', string>;
  noHour: (day: string) => string;
  hasPassed: (moment: string) => string;

  ideas: (count: number) => string;
  captions: (learnedFromCount: number) => string;
  plan: (postCount: number) => string;
  /** The time was up before the model had written all that was asked for. */
  endedEarly: string;
  found: (count: number) => string;
  recordings: (count: number) => string;
  /** Nothing is attached and no recording was named, so the library was looked through. */
  lookedThroughLibrary: (count: number) => string;
  /** A recording that was named was taken into the conversation. */
  usingRecording: (title: string) => string;
  emptyLookUp: Record<'posts' | 'accounts' | 'schedule', string>;
  recordingLength: (minutes: number) => string;
  nothingRunning: string;
}
