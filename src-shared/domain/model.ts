import { z } from 'zod';
import { appErrorDtoSchema } from './errors.ts';

/** A name of the catalogue ("base") or of an imported model; part of a path, so it is kept simple. */
export const speechModelIdSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);

export const speechModelSchema = z.strictObject({
  modelId: speechModelIdSchema,
  name: z.string(),
  description: z.string(),
  sizeBytes: z.int().nonnegative(),
  languages: z.enum(['multilingual', 'english']),
  source: z.enum(['bundled', 'downloaded', 'imported', 'catalogue']),
  state: z.enum(['available', 'downloading', 'stopped', 'installed', 'failed']),
  isInUse: z.boolean(),
  /** Bytes that arrived, while downloading or stopped. */
  downloadedBytes: z.int().nonnegative(),
  remainingMs: z.int().nonnegative().nullable(),
  error: appErrorDtoSchema.nullable(),
});
export type SpeechModel = z.infer<typeof speechModelSchema>;
