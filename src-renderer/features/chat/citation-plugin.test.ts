import { describe, expect, it } from 'vitest';
import { citationPlugin, splitAtMarks, type MarkdownNode } from './citation-plugin.ts';

describe('marks of citations', () => {
  it('become elements, and the words around them stay', () => {
    expect(splitAtMarks('Said so [1][12], twice.')).toMatchObject([
      { type: 'text', value: 'Said so' },
      { type: 'citation', data: { hProperties: { dataNumber: 1 } } },
      { type: 'citation', data: { hProperties: { dataNumber: 12 } } },
      { type: 'text', value: ', twice.' },
    ]);
  });

  it('are left alone in code and in links', () => {
    const tree: MarkdownNode = {
      type: 'root',
      children: [
        { type: 'inlineCode', value: 'list[1]' },
        { type: 'link', children: [{ type: 'text', value: '[1]' }] },
        { type: 'paragraph', children: [{ type: 'text', value: '[2]' }] },
      ],
    };
    citationPlugin()(tree);
    expect(tree.children?.[0]).toEqual({ type: 'inlineCode', value: 'list[1]' });
    expect(tree.children?.[1]?.children?.[0]?.type).toBe('text');
    expect(tree.children?.[2]?.children?.[0]?.type).toBe('citation');
  });
});
