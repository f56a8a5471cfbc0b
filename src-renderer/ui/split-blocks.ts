const fence = /^ {0,3}(`{3,}|~{3,})/;
const listItem = /^ {0,3}([-*+]|\d{1,9}[.)])(\s|$)/;

/**
 * Splits a Markdown text into blocks that can be drawn on their own, so that of a text that still grows only the last
 * one is drawn again. Joined together the blocks are the text. A blank line ends a block, except inside of a fence and
 * within a list, whose items may stand apart.
 */
export function splitBlocks(text: string): string[] {
  const blocks: string[] = [];
  let block = '';
  let openFence: string | null = null;
  let isAfterBlank = false;
  for (const line of text.split(/(?<=\n)/)) {
    const isBlank = line.trim() === '';
    if (openFence === null && isAfterBlank && !isBlank && block !== '' && !continues(block, line)) {
      blocks.push(block);
      block = '';
    }
    openFence = fenceAfter(line, openFence);
    block += line;
    isAfterBlank = isBlank && openFence === null;
  }
  if (block !== '') blocks.push(block);
  return blocks;
}

function continues(block: string, line: string): boolean {
  return /^\s/.test(line) || (listItem.test(block) && listItem.test(line));
}

function fenceAfter(line: string, open: string | null): string | null {
  const marks = fence.exec(line)?.[1];
  if (marks === undefined) return open;
  if (open === null) return marks;
  const closes = marks[0] === open[0] && marks.length >= open.length && line.trim() === marks;
  return closes ? null : open;
}
