import { z } from 'zod';
import { instantSchema } from './asset.ts';
import { entityLinkSchema } from './entity-link.ts';

export const lookUpSubjectSchema = z.enum(['posts', 'accounts', 'schedule']);
export type LookUpSubject = z.infer<typeof lookUpSubjectSchema>;

export const lookUpLineSchema = z.strictObject({
  title: z.string(),
  detail: z.string(),
  /** When it is or was due; null for what has no time. */
  at: instantSchema.nullable(),
  state: z.string(),
  link: entityLinkSchema,
});
export type LookUpLine = z.infer<typeof lookUpLineSchema>;
