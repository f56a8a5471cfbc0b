const matchStart = '\u0002';
const matchEnd = '\u0003';

export interface SnippetPart {
  text: string;
  isMatch: boolean;
}

/** Splits a search snippet, in which what matched stands between U+0002 and U+0003. */
export function parseSnippet(snippet: string): SnippetPart[] {
  const parts: SnippetPart[] = [];
  for (const [index, piece] of snippet.split(matchStart).entries()) {
    const end = index === 0 ? -1 : piece.indexOf(matchEnd);
    if (end > 0) parts.push({ text: piece.slice(0, end), isMatch: true });
    const rest = piece.slice(end + 1);
    if (rest !== '') parts.push({ text: rest, isMatch: false });
  }
  return parts;
}
