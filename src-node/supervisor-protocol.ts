import { z } from 'zod';
import { appErrorDtoSchema } from '../src-shared/domain/errors.ts';
import { processNameSchema, processStatusSchema } from '../src-shared/domain/process-status.ts';

/**
 * What the supervisor and its children say to each other over the child's IPC channel. Both sides parse what they
 * receive with these schemas, and drop (and log) what does not fit.
 */

/** Why a child has to end. `parent-gone` and `signal` are noticed by the child itself. */
export const shutdownReasonSchema = z.enum(['asked', 'parent-gone', 'signal']);
export type ShutdownReason = z.infer<typeof shutdownReasonSchema>;

/** Which Ollama to use, or null where there is none. `isOurs` is false for one that the person runs. */
export const ollamaAddressSchema = z.strictObject({ baseUrl: z.url(), isOurs: z.boolean() }).nullable();
export type OllamaAddress = z.infer<typeof ollamaAddressSchema>;

/** Why Temporal's file was made: damaged, zero bytes long, made by another version, or not there (also the first start ever). */
export const temporalRebuildReasonSchema = z.enum(['corrupt', 'empty', 'other-version', 'missing']);
export type TemporalRebuildReason = z.infer<typeof temporalRebuildReasonSchema>;

/** From the supervisor to a child. */
export const supervisorMessageSchema = z.discriminatedUnion('type', [
  /** End soon. After a grace the child is ended by a signal. */
  z.strictObject({ type: z.literal('shutdown'), graceMs: z.int().positive() }),
  /** Sent on every change of any process, and once when the child has reported ready. */
  z.strictObject({ type: z.literal('processes'), processes: z.array(processStatusSchema) }),
  /** Temporal is at another address than the environment said at the start. */
  z.strictObject({ type: z.literal('temporal-address'), address: z.string() }),
  /**
   * Temporal's file was made anew and is empty: everything due must be armed again from the database. Sent again to
   * an api that starts later, until it has answered with `temporal-rearmed`.
   */
  z.strictObject({
    type: z.literal('temporal-rebuilt'),
    rebuildId: z.string(),
    reason: temporalRebuildReasonSchema,
    setAsideFile: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('ollama-address'), address: ollamaAddressSchema }),
  /** For the worker: what it does for this workflow was cancelled. The work engine tells it the same, later. */
  z.strictObject({ type: z.literal('end-work'), workflowId: z.string() }),
  /** The computer has woken up: timers may be late, connections may be dead. */
  z.strictObject({ type: z.literal('resumed') }),
  /** Answered with `pong` by the connection itself. Without an answer the child is held to hang. */
  z.strictObject({ type: z.literal('ping'), sequence: z.int().nonnegative() }),
]);
export type SupervisorMessage = z.infer<typeof supervisorMessageSchema>;

/** What a child may tell when it is ready to work. */
export const readyDetailsSchema = z.strictObject({
  version: z.string().optional(),
  port: z.int().positive().optional(),
});
export type ReadyDetails = z.infer<typeof readyDetailsSchema>;

/** From a child to the supervisor. */
export const childMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), details: readyDetailsSchema }),
  /** A plain sentence for the person: what it is doing, or why it is not ready. Null clears it. */
  z.strictObject({ type: z.literal('status'), message: z.string().nullable() }),
  /** It cannot go on and is about to end. Unless `retry` is `auto`, it is started again only by the person. */
  z.strictObject({ type: z.literal('failed'), error: appErrorDtoSchema }),
  z.strictObject({ type: z.literal('retry-process'), name: processNameSchema }),
  z.strictObject({ type: z.literal('temporal-rearmed'), rebuildId: z.string() }),
  /** A workflow was cancelled: the worker ends at once what it does for it. */
  z.strictObject({ type: z.literal('end-work'), workflowId: z.string() }),
  /** A setting that the supervisor needs has changed: the address of an Ollama that the person runs. */
  z.strictObject({ type: z.literal('ollama-setting'), baseUrl: z.url().nullable() }),
  z.strictObject({ type: z.literal('pong'), sequence: z.int().nonnegative() }),
]);
export type ChildMessage = z.infer<typeof childMessageSchema>;

/** Names of the environment variables with which the supervisor starts api and worker. */
export const childEnvironment = {
  dataFolder: 'LONGHAND_HOME',
  /** `host:port` of Temporal's frontend. */
  temporalAddress: 'LONGHAND_TEMPORAL_ADDRESS',
  temporalNamespace: 'LONGHAND_TEMPORAL_NAMESPACE',
  /** Random per run; with it the worker may call the api as the principal `loop`. */
  internalToken: 'LONGHAND_INTERNAL_TOKEN',
} as const;
