interface TextNode {
  type: 'text';
  value: string;
}

interface CitationNode {
  type: 'citation';
  data: { hName: 'cite'; hProperties: { dataNumber: number }; hChildren: TextNode[] };
}

/** As much of a Markdown tree as matters here. */
export interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
}

const marks = /\[(\d{1,3})\]/g;

/** Turns marks such as [1] in the words of an answer into elements of their own; code is left alone. */
export function citationPlugin() {
  return (tree: MarkdownNode): void => replaceMarks(tree);
}

function replaceMarks(node: MarkdownNode): void {
  if (node.children === undefined) return;
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text' && child.value !== undefined) return splitAtMarks(child.value);
    // A link whose words are a mark is a link.
    if (child.type !== 'link') replaceMarks(child);
    return [child];
  });
}

export function splitAtMarks(text: string): (TextNode | CitationNode)[] {
  const parts: (TextNode | CitationNode)[] = [];
  let end = 0;
  for (const match of text.matchAll(marks)) {
    // The space before a mark goes, so that it never stands alone on a line.
    const before = text.slice(end, match.index).replace(/ +$/, '');
    if (before !== '') parts.push({ type: 'text', value: before });
    parts.push({
      type: 'citation',
      data: {
        hName: 'cite',
        hProperties: { dataNumber: Number(match[1]) },
        hChildren: [{ type: 'text', value: match[0] }],
      },
    });
    end = match.index + match[0].length;
  }
  const rest = text.slice(end);
  if (rest !== '') parts.push({ type: 'text', value: rest });
  return parts;
}
