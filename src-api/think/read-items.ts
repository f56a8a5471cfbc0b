import type { z } from 'zod';

/**
 * The items of a list that are complete in a reply which is still being written, or was cut off: `{"ideas":[{…},{…`
 * gives the first. Items that do not fit the schema are left out.
 */
export function readCompleteItems<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
): z.output<Schema>[] {
  const items: z.output<Schema>[] = [];
  for (const json of readObjects(text).complete) {
    const parsed = schema.safeParse(parse(json));
    if (parsed.success) items.push(parsed.data);
  }
  return items;
}

/** The objects inside the first list of the text, and the beginning of one that has no end yet. */
export function readObjects(text: string): { complete: string[]; unfinished: string | null } {
  const listStart = text.indexOf('[');
  if (listStart < 0) return { complete: [], unfinished: null };
  const complete: string[] = [];
  let depth = 0;
  let start = 0;
  let isInString = false;
  for (let position = listStart + 1; position < text.length; position += 1) {
    const character = text[position];
    if (isInString) {
      if (character === '\\') position += 1;
      else if (character === '"') isInString = false;
      continue;
    }
    if (character === '"') isInString = true;
    else if (character === '{') {
      if (depth === 0) start = position;
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) complete.push(text.slice(start, position + 1));
    } else if (character === ']' && depth === 0) break;
  }
  return { complete, unfinished: depth > 0 ? text.slice(start) : null };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
