export interface Mention {
  /** Where the sign stands. */
  start: number;
  end: number;
  /** What was typed behind it. */
  text: string;
}

const longestMention = 60;

/** The recording that is being named before the caret: "@" at the start or behind a space, and what follows. */
export function findMention(text: string, caret: number): Mention | null {
  const before = text.slice(Math.max(0, caret - longestMention), caret);
  const match = /(?:^|\s)@([^@\n]*)$/.exec(before);
  const typed = match?.[1];
  // Two spaces, or a space right behind the sign: the person goes on writing.
  if (typed === undefined || /^\s|\s{2}/.test(typed)) return null;
  return { start: caret - typed.length - 1, end: caret, text: typed };
}

/** The text without the mention, which has become an attachment. */
export function withoutMention(text: string, { start, end }: Mention): string {
  const before = text.slice(0, start);
  const after = text.slice(end);
  return before.endsWith(' ') && after.startsWith(' ') ? before + after.slice(1) : before + after;
}
