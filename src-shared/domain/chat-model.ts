import { z } from 'zod';
import { instantSchema } from './asset.ts';
import { appErrorDtoSchema } from './errors.ts';

/** As Ollama names them: `llama3.2:3b`, `hf.co/someone/model:Q4_K_M`, `127.0.0.1:5000/library/small:latest`. */
export const chatModelNameSchema = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._/:-]*[a-zA-Z0-9]$/);

/** What a model is chosen for. */
export const modelTaskSchema = z.enum(['chat', 'describe', 'ideas']);
export type ModelTask = z.infer<typeof modelTaskSchema>;

/** Whether the memory of this machine is enough for a model, and the reason in a sentence. */
export const memoryFitSchema = z.strictObject({
  /** `no-room-now`: it would fit if other programs were closed. `too-large`: never on this machine. */
  verdict: z.enum(['fits', 'no-room-now', 'too-large']),
  /** The model, its context and what the runtime needs beside. */
  neededBytes: z.int().nonnegative(),
  reason: z.string(),
});
export type MemoryFit = z.infer<typeof memoryFitSchema>;

export const modelCapabilitySchema = z.enum(['chat', 'tools', 'embedding', 'vision', 'thinking']);
export type ModelCapability = z.infer<typeof modelCapabilitySchema>;

/** A model of the local runtime: installed, on its way, or on offer. */
export const localModelSchema = z.strictObject({
  name: chatModelNameSchema,
  /** What it is good for, of one on offer. */
  description: z.string().nullable(),
  state: z.enum(['available', 'downloading', 'stopped', 'failed', 'installed']),
  sizeBytes: z.int().nonnegative(),
  parameterSize: z.string().nullable(),
  contextTokens: z.int().positive().nullable(),
  capabilities: z.array(modelCapabilitySchema),
  fit: memoryFitSchema,
  /** The one to begin with on this machine. */
  isRecommended: z.boolean(),
  /** The tasks that it does now. */
  tasks: z.array(modelTaskSchema),
  /** While downloading or stopped. */
  downloadedBytes: z.int().nonnegative(),
  remainingMs: z.int().nonnegative().nullable(),
  error: appErrorDtoSchema.nullable(),
  updatedAt: instantSchema.nullable(),
});
export type LocalModel = z.infer<typeof localModelSchema>;

export const machineMemorySchema = z.strictObject({
  totalBytes: z.int().nonnegative(),
  /** What programs could still get. */
  availableBytes: z.int().nonnegative(),
});
export type MachineMemory = z.infer<typeof machineMemorySchema>;
