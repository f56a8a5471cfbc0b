import { readObjects } from './read-items.ts';

/** What has come of the item that is being written when the time is up. All its values are texts. */
export interface HalfItem {
  /** Values that are complete. */
  whole: Readonly<Record<string, string>>;
  /** The value in the making, if one has begun. */
  open: { name: string; text: string } | null;
}

const pair = /"(\w+)"\s*:\s*"((?:[^"\\]|\\.)*)\\?("?)/gu;

/** Reads the last item of a list that is not complete: `{"items":[{"title":"Rye","hook":"Smell th`. */
export function readHalfItem(text: string): HalfItem | null {
  const { unfinished } = readObjects(text);
  if (unfinished === null) return null;
  const whole: Record<string, string> = {};
  let open: HalfItem['open'] = null;
  for (const [, name = '', raw = '', quote] of unfinished.matchAll(pair)) {
    const value = unescape(raw);
    if (quote === '"') whole[name] = value;
    else open = { name, text: value };
  }
  return Object.keys(whole).length === 0 && open === null ? null : { whole, open };
}

function unescape(raw: string): string {
  const complete = raw.replace(/\\u[0-9a-f]{0,3}$/iu, '');
  try {
    return JSON.parse(`"${complete}"`) as string;
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}

/** Less than this says nothing. */
const shortestCharacters = 20;

/** A text that broke off, up to the end of a sentence where most of it is kept, else of a word; undefined: too little. */
export function endWell(text: string): string | undefined {
  const sentence = /^.*[.!?。！？](?=\s|$)/su.exec(text)?.[0].trim() ?? '';
  if (sentence.length >= Math.max(shortestCharacters, text.length / 2)) return sentence;
  const words = text.slice(0, Math.max(0, text.search(/\s\S*$/u))).trim();
  return words.length >= shortestCharacters ? `${words}…` : undefined;
}
