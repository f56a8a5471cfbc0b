import { parseSnippet } from './snippet.ts';

/** A search snippet with its matches marked. */
export function Highlight({ snippet }: { snippet: string }) {
  return parseSnippet(snippet).map(({ text, isMatch }, index) =>
    isMatch ? (
      <mark key={index} className="rounded-xs bg-warn-soft px-px text-ink">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
