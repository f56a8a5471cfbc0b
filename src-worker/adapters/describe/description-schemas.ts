import { z } from 'zod';

/** Lengths are in the schema, so that the runtime's grammar holds even a model that would never stop. */
const title = z.string().min(1).max(90);
const summary = z.string().min(1).max(700);
const keywords = z.array(z.string().min(1).max(32)).min(1).max(8);

/** A chapter begins with a line of the window, named by its number. */
function chaptersOf(lineCount: number, limit: number) {
  return z
    .array(z.strictObject({ line: z.int().min(1).max(lineCount), title: z.string().min(1).max(60) }))
    .min(1)
    .max(limit);
}

/** Of a transcript that fits into one question. */
export function wholeSchema(lineCount: number, chapterLimit: number) {
  return z.strictObject({
    title,
    hook: z.string().min(1).max(160),
    summary,
    keywords,
    chapters: chaptersOf(lineCount, chapterLimit),
  });
}

/** Of one window of a longer transcript. */
export function windowSchema(lineCount: number, chapterLimit: number) {
  return z.strictObject({ summary, keywords, chapters: chaptersOf(lineCount, chapterLimit) });
}

/** Of the notes on all windows together. */
export const overallSchema = z.strictObject({ title, hook: z.string().min(1).max(160), summary, keywords });

/** Of some notes, where all of them do not fit into one question. */
export const digestSchema = z.strictObject({ summary, keywords });

/** Room for the longest answer that fits the schemas, for writing with few characters to a token. */
export const answerTokens = { whole: 900, window: 650, overall: 600, digest: 500 } as const;
