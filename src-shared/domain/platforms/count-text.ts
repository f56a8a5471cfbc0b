const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader sees as one character, however many code points it is made of. */
export function countGraphemes(text: string): number {
  return splitGraphemes(text).length;
}

export function splitGraphemes(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** The beginning of a text, cut between characters as people see them. */
export function firstGraphemes(text: string, count: number): string {
  return splitGraphemes(text).slice(0, count).join('');
}

/** Bytes of the text in UTF-8. */
export function countBytes(text: string): number {
  let count = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    count += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return count;
}

export interface FoundLink {
  url: string;
  /** In UTF-16 units. */
  start: number;
  end: number;
}

const linkParts = /^https?:\/\/(?:[^/?#@]*@)?([^/?#@]+)(.*)$/iu;
const linkPattern = /https?:\/\/[^\s<>"“”]+/giu;

/** The web addresses in a text, without the punctuation that ends a sentence. */
export function findLinks(text: string): FoundLink[] {
  return [...text.matchAll(linkPattern)].flatMap((match) => {
    const url = trimLink(match[0]);
    return linkParts.test(url) ? [{ url, start: match.index, end: match.index + url.length }] : [];
  });
}

/** A closing bracket belongs to the link only where it was opened in it. */
function trimLink(found: string): string {
  let url = found;
  for (;;) {
    const last = url.at(-1) ?? '';
    const isUnopened = last === ')' && countOf(url, '(') < countOf(url, ')');
    if (!isUnopened && !/[.,;:!?'’\]}]/u.test(last)) return url;
    url = url.slice(0, -1);
  }
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Puts something else in the place of each link. */
export function replaceLinks(text: string, replacementOf: (url: string) => string): string {
  let result = '';
  let position = 0;
  for (const { url, start, end } of findLinks(text)) {
    result += text.slice(position, start) + replacementOf(url);
    position = end;
  }
  return result + text.slice(position);
}

const shownPathLength = 15;

/** How a link is shown where what it leads to is kept apart: the host and the beginning of the path. */
export function shortenLink(url: string): string {
  const [, host = url, path = ''] = linkParts.exec(url) ?? [];
  const rest = path === '/' ? '' : path;
  const shown = rest.length > shownPathLength ? `${rest.slice(0, shownPathLength - 2)}…` : rest;
  return host + shown;
}
