/** A wish with everything that is quoted or pasted taken out: what is left are the person's own words. */
export interface SeparatedWish {
  /** Each piece of material is replaced by its mark. */
  words: string;
  material: string[];
}

const markStart = '\u0002';
const markEnd = '\u0003';
/** A mark as it stands in `words`, with the number of the material. */
export const materialMark = new RegExp(`${markStart}(\\d+)${markEnd}`, 'gu');

const codeFence = /```[\s\S]*?(?:```|$)/gu;
const quotations = [
  /“([^“”]*)[”“]/gu,
  /„([^„“”]*)[“”]/gu,
  /«\s*([^«»]*?)\s*»/gu,
  /»\s*([^«»]*?)\s*«/gu,
  /"([^"]*)"/gu,
  /(?<![\p{L}\p{N}])['‘]([^'‘’]{3,}?)['’](?![\p{L}\p{N}])/gu,
  /`([^`]*)`/gu,
];
/** Somebody speaks or writes: what follows is theirs. */
const reporting =
  /\b(saying|that says|which says|that reads|with the text|mit dem text|con el texto|avec le texte|qui dit|que dice|in der steht|in dem steht)\b[:,]?\s+(?=\S)/iu;
/** Markup, JSON and calls are never a person's words. */
const markup = /<[^>]*>[^<]*<\/[^>]*>|<[^>]+>|\{[\s\S]*\}/gu;

/**
 * Takes out of a wish what is not said but shown: quotations, code, lines that were cited, what follows a colon or an
 * empty line. An instruction in there is material, whoever wrote it.
 */
export function separateMaterial(wish: string): SeparatedWish {
  const material: string[] = [];
  const keep = (text: string): string => {
    const trimmed = text.trim();
    if (trimmed === '') return ' ';
    material.push(trimmed);
    return ` ${markStart}${material.length - 1}${markEnd} `;
  };
  let words = wish.replaceAll(markStart, ' ').replaceAll(markEnd, ' ').replaceAll('\r\n', '\n');
  words = words.replace(codeFence, (text) => keep(text.replaceAll('```', '')));
  words = words.replace(markup, keep);
  for (const quotation of quotations) words = words.replace(quotation, (_, inner: string) => keep(inner));
  words = words.replace(/^\s*>.*$/gmu, (line) => keep(line.replace(/^\s*>/u, '')));
  words = takeRest(words, /\n\s*\n/u, keep);
  // A colon that is not part of a time or an address opens what it announces.
  words = takeRest(words, /:(?=\s)(?!\s*$)|:\s*\n/u, keep);
  words = takeRest(words, reporting, keep);
  return { words: words.trim(), material };
}

/** Everything after the first place that fits is material. */
function takeRest(words: string, place: RegExp, keep: (text: string) => string): string {
  const found = place.exec(words);
  if (found === null) return words;
  const end = found.index + found[0].length;
  const rest = words.slice(end);
  if (rest.trim() === '') return words;
  // What is quoted in the rest already stays as it is, so that a colon before a quotation does not swallow its mark.
  if (isOnlyMarks(rest)) return words;
  return `${words.slice(0, end)}${keep(rest)}`;
}

function isOnlyMarks(text: string): boolean {
  return text.replace(materialMark, '').replace(/[\s.,;!?]/gu, '') === '';
}

/** The material of which a clause carries the mark, in order. */
export function materialOf(clause: string, material: readonly string[]): string[] {
  return [...clause.matchAll(materialMark)].flatMap(([, index]) =>
    restore(material[Number(index)], material),
  );
}

/** Material taken out later may hold marks of material taken out earlier. */
function restore(text: string | undefined, material: readonly string[]): string[] {
  if (text === undefined) return [];
  return [
    text.replace(materialMark, (_, index: string) => restore(material[Number(index)], material).join(' ')),
  ];
}

export function withoutMarks(clause: string): string {
  return clause.replace(materialMark, ' ').replace(/\s+/gu, ' ').trim();
}
