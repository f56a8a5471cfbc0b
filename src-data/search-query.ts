/** More words than this only make a search slower, not better. */
const maxWords = 12;

export interface SearchTerm {
  /** Matches words that begin with it. */
  own: string;
  /** The same in transcripts; a single letter there only matches a word of one letter, since it would match everything. */
  spoken: string;
}

/**
 * The words of what a person typed, each as an FTS5 string that matches words beginning with it. Quoted, so that no
 * input is ever read as a query operator. Without a letter or digit nothing is left.
 */
export function toPrefixTerms(text: string): SearchTerm[] {
  const words = text
    // U+0000 would end the query text early.
    .replaceAll('\u0000', ' ')
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return [...new Set(words)].slice(0, maxWords).map((word) => {
    const quoted = `"${word.replaceAll('"', '""')}"`;
    return { own: `${quoted}*`, spoken: isSingleLetter.test(word) ? quoted : `${quoted}*` };
  });
}

const isSingleLetter = /^[\p{Script=Latin}\p{N}]$/u;

export const matchStart = '\u0002';
export const matchEnd = '\u0003';
