import { z } from 'zod';

export const ideaFormatSchema = z.enum(['text', 'picture', 'short-video', 'long-video', 'audio', 'thread']);
export type IdeaFormat = z.infer<typeof ideaFormatSchema>;

/** One thing that could be made. Nothing is stored of it until the person turns it into a draft. */
export const ideaSchema = z.strictObject({
  title: z.string().min(1).max(120),
  /** The first sentence: why somebody would stop and look. */
  hook: z.string().min(1).max(240),
  outline: z.string().min(1).max(600),
  format: ideaFormatSchema,
});
export type Idea = z.infer<typeof ideaSchema>;
