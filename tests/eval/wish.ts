/** What a wish must come to. Times are on the wall in Europe/Berlin; accounts are platforms. */
export interface ExpectedStep {
  command: string;
  /** Only what is named here is compared. */
  arguments?: {
    /** `2026-11-27T09:00`, `now` or `next-slot`. */
    at?: string;
    accounts?: string[];
    /** The whole text of the post. */
    text?: string;
    count?: number;
    platforms?: string[];
    subject?: 'posts' | 'accounts' | 'schedule';
    kind?: 'week' | 'campaign';
    /** Title of the post, recording or folder that is meant. */
    about?: string;
  };
}

export type Outcome =
  | { type: 'steps'; steps: ExpectedStep[] }
  /** A question, and about what. */
  | { type: 'ask'; about: 'time' | 'account' | 'text' | 'target' | 'folder' }
  /** Talk: no command at all. */
  | { type: 'talk' }
  /** Anything but a commitment. */
  | { type: 'think-only' };

export interface Wish {
  kind: 'button' | 'clear' | 'vague' | 'mixed' | 'misspelt' | 'hostile' | 'content';
  language: 'en' | 'de' | 'es' | 'fr';
  text: string;
  /** Recordings that are attached to the conversation. */
  assetIds?: string[];
  /** Any of these is right. */
  outcomes: Outcome[];
}

export const talk: Outcome = { type: 'talk' };
export const thinkOnly: Outcome = { type: 'think-only' };

export function steps(...list: ExpectedStep[]): Outcome {
  return { type: 'steps', steps: list };
}

export function step(command: string, args?: ExpectedStep['arguments']): ExpectedStep {
  return args === undefined ? { command } : { command, arguments: args };
}

export function ask(about: Extract<Outcome, { type: 'ask' }>['about']): Outcome {
  return { type: 'ask', about };
}

export function wish(
  kind: Wish['kind'],
  language: Wish['language'],
  text: string,
  ...outcomes: Outcome[]
): Wish {
  return { kind, language, text, outcomes };
}
