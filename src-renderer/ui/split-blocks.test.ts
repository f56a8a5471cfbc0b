import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBlocks } from './split-blocks.ts';

describe('the blocks of a Markdown text', () => {
  it('end at blank lines', () => {
    expect(splitBlocks('One.\n\nTwo\nlines.\n\n\n# Three')).toEqual([
      'One.\n\n',
      'Two\nlines.\n\n\n',
      '# Three',
    ]);
  });

  it('keep code together, blank lines and all, also while the fence is still open', () => {
    expect(splitBlocks('```ts\na\n\nb\n```\n\nAfter.')).toEqual(['```ts\na\n\nb\n```\n\n', 'After.']);
    expect(splitBlocks('````\n```\n\nstill code')).toHaveLength(1);
  });

  it('keep a list together, so that its numbers go on', () => {
    expect(splitBlocks('1. One\n\n   more\n\n2. Two\n\nAfter.')).toEqual([
      '1. One\n\n   more\n\n2. Two\n\n',
      'After.',
    ]);
  });

  it('are the whole text, and only the last one changes while it grows', () => {
    const line = fc.constantFrom(
      'Words',
      '',
      '- item',
      '  more',
      '```',
      '~~~',
      '1. one',
      '| a | b |',
      '> said',
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        expect(splitBlocks(text).join('')).toBe(text);
        const before = splitBlocks(text).slice(0, -1);
        expect(splitBlocks(`${text}\nWords`).slice(0, before.length)).toEqual(before);
      }),
    );
  });
});
