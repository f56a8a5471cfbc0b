import { z } from 'zod';
import type { Scope } from '../domain/access.ts';

/**
 * The three execution modes. `think` is answered by the api process and is over when it is answered. `commit` and
 * `loop` are recorded first and then owned by a workflow: the answer says that work was accepted, never that it is done.
 */
export type Mode = 'think' | 'commit' | 'loop';

/** What every commit and loop command answers, within milliseconds. */
export const durableToolResultSchema = z.strictObject({
  /** `accepted`: recorded here. `scheduled`: the work engine has acknowledged it. Never anything stronger. */
  status: z.enum(['accepted', 'scheduled']),
  entityId: z.string(),
  workflowId: z.string(),
  /** All that it made, in order, where that is several: the posts of a plan. */
  entityIds: z.array(z.string()).optional(),
  /** A sentence a person can read. */
  message: z.string(),
});
export type DurableToolResult = z.infer<typeof durableToolResultSchema>;

export function isDurableToolResult(value: unknown): value is DurableToolResult {
  return durableToolResultSchema.safeParse(value).success;
}

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
  /**
   * Whether an agent's wish waits for the creator: true for commit and loop, and for what destroys or gives away. The
   * answer is then a {@link DurableToolResult} about the approval, whatever the mode.
   */
  agentsNeedApproval: boolean;
  input: Input;
  output: Output;
}

/** Declares a command that the api process answers by itself. */
export function defineThinkCommand<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Omit<CommandDefinition<Input, Output, 'think'>, 'mode' | 'agentsNeedApproval'> & {
    agentsNeedApproval?: boolean;
  },
): CommandDefinition<Input, Output, 'think'> {
  return { agentsNeedApproval: false, ...definition, mode: 'think' };
}

/** Declares a command that is recorded and handed to a workflow. */
export function defineDurableCommand<Input extends z.ZodType, CommandMode extends 'commit' | 'loop'>(
  definition: Omit<
    CommandDefinition<Input, typeof durableToolResultSchema, CommandMode>,
    'output' | 'changesState' | 'agentsNeedApproval'
  > & { agentsNeedApproval?: boolean },
): CommandDefinition<Input, typeof durableToolResultSchema, CommandMode> {
  return { agentsNeedApproval: true, ...definition, changesState: true, output: durableToolResultSchema };
}
