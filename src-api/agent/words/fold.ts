/** Small letters without accents, so that "Über", "uber" and "ÜBER" are the same word. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[’‘`´]/gu, "'");
}

/** The folded words of a text. Hyphens and apostrophes part words; "don't" is "do" and "not". */
export function foldedWords(text: string): string[] {
  return (
    fold(text)
      .replace(/n't\b/gu, ' not')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * Whether two words differ by so few slips (a letter wrong, missing, too many, or two swapped) that one is the other
 * misspelt. Short words must be right: one slip makes another word of them.
 */
export function isNearly(word: string, form: string): boolean {
  if (word === form) return true;
  const allowed = slipsAllowed(Math.min(word.length, form.length));
  if (allowed === 0 || Math.abs(word.length - form.length) > allowed) return false;
  return word[0] === form[0] && countSlips(word, form) <= allowed;
}

function slipsAllowed(length: number): number {
  if (length < 5) return 0;
  return length < 9 ? 1 : 2;
}

/** Optimal string alignment: edits with swaps of neighbours. */
function countSlips(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const cost = left[row - 1] === right[column - 1] ? 0 : 1;
      let best = Math.min(
        at(rows, row - 1, column) + 1,
        (current[column - 1] ?? 0) + 1,
        at(rows, row - 1, column - 1) + cost,
      );
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && isSwap) best = Math.min(best, at(rows, row - 2, column - 2) + 1);
      current.push(best);
    }
    rows.push(current);
  }
  return at(rows, left.length, right.length);
}

function at(rows: readonly number[][], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}
