import { z } from 'zod';

/**
 * The three execution modes. `think` is answered by the api process and is over when it is answered. `commit` and
 * `loop` are recorded first and then owned by a workflow: the answer says that work was accepted, never that it is done.
 */
export type Mode = 'think' | 'commit' | 'loop';

/** What a principal must be allowed. */
export type Scope =
  | 'library:read'
  | 'library:write'
  | 'posts:read'
  | 'posts:write'
  | 'accounts:read'
  | 'accounts:write'
  | 'think'
  | 'chat'
  | 'system:read'
  | 'system:write'
  /** Approvals, grants, tokens, budgets and audit. Never given to an agent. */
  | 'owner';

/** What every commit and loop command answers, within milliseconds. */
export const durableToolResultSchema = z.strictObject({
  /** `accepted`: recorded here. `scheduled`: the work engine has acknowledged it. Never anything stronger. */
  status: z.enum(['accepted', 'scheduled']),
  entityId: z.string(),
  workflowId: z.string(),
  /** A sentence a person can read. */
  message: z.string(),
});
export type DurableToolResult = z.infer<typeof durableToolResultSchema>;

export interface CommandDefinition<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  CommandMode extends Mode = Mode,
> {
  /** First part of the route: `POST /<area>/<command name>`. */
  area:
    | 'library'
    | 'folders'
    | 'models'
    | 'system'
    | 'content'
    | 'accounts'
    | 'approvals'
    | 'access'
    | 'audit'
    | 'chat'
    | 'think';
  mode: CommandMode;
  title: string;
  description: string;
  scope: Scope;
  /** False for commands that only look; the others are audited and accept an idempotency key. */
  changesState: boolean;
  /** Fields of the input that hold a secret: no part of the hash that stands in the audit. */
  secretInputs?: readonly string[];
  input: Input;
  output: Output;
}

/** Declares a command that the api process answers by itself. */
export function defineThinkCommand<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Omit<CommandDefinition<Input, Output, 'think'>, 'mode'>,
): CommandDefinition<Input, Output, 'think'> {
  return { ...definition, mode: 'think' };
}

/** Declares a command that is recorded and handed to a workflow. */
export function defineDurableCommand<Input extends z.ZodType, CommandMode extends 'commit' | 'loop'>(
  definition: Omit<
    CommandDefinition<Input, typeof durableToolResultSchema, CommandMode>,
    'output' | 'changesState'
  >,
): CommandDefinition<Input, typeof durableToolResultSchema, CommandMode> {
  return { ...definition, changesState: true, output: durableToolResultSchema };
}
