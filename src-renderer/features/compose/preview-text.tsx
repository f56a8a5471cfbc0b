import { findLinks, shortenLink } from '../../../src-shared/domain/platforms/count-text.ts';

/** A text with its links, mentions and hashtags marked as platforms mark them. */
export function PreviewText({ text }: { text: string }) {
  const pieces = splitText(text);
  return (
    <p dir="auto" className="text-[0.9375rem] leading-snug break-words whitespace-pre-wrap">
      {pieces.map(({ kind, value }, index) => (
        <span key={index} className={kind === 'plain' ? undefined : 'text-accent'}>
          {kind === 'link' ? shortenLink(value) : value}
        </span>
      ))}
    </p>
  );
}

type Piece = { kind: 'plain' | 'link' | 'tag'; value: string };

export function splitText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  for (const { url, start, end } of findLinks(text)) {
    pieces.push(...splitTags(text.slice(position, start)), { kind: 'link', value: url });
    position = end;
  }
  pieces.push(...splitTags(text.slice(position)));
  return pieces;
}

function splitTags(text: string): Piece[] {
  return text
    .split(/((?<![\p{L}\p{N}_])[#@][\p{L}\p{N}_][\p{L}\p{N}_.@-]*)/u)
    .filter((value) => value !== '')
    .map((value) => ({ kind: /^[#@][\p{L}\p{N}_]/u.test(value) ? 'tag' : 'plain', value }));
}
