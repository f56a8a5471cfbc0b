import { z } from 'zod';
import { instantSchema } from './asset.ts';

export const processNameSchema = z.enum(['api', 'worker', 'temporal', 'ollama']);
export type ProcessName = z.infer<typeof processNameSchema>;

export const processStateSchema = z.enum(['stopped', 'starting', 'ready', 'stopping', 'failed']);
export type ProcessState = z.infer<typeof processStateSchema>;

export const processStatusSchema = z.strictObject({
  name: processNameSchema,
  state: processStateSchema,
  pid: z.int().positive().nullable(),
  version: z.string().nullable(),
  port: z.int().positive().nullable(),
  startedAt: instantSchema.nullable(),
  /** How often it had to be started again since the app began. */
  restartCount: z.int().nonnegative(),
  /** A plain sentence: why it is not ready, or what happened last. */
  message: z.string().nullable(),
  /** True where the supervisor gave up and waits for the person. */
  canRetry: z.boolean(),
  /** False for a runtime that the person started and that is never stopped by us. */
  isOurs: z.boolean(),
});
export type ProcessStatus = z.infer<typeof processStatusSchema>;
