import type { DurableToolResult } from '../../src-shared/contract/define-command.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import type { CommandPreview } from '../../src-shared/domain/approval.ts';
import type { CallContext, Change, DurableChange, Spending } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';

/** A handler with its exact types hidden; the map of handlers has checked them. */
export interface AnyHandler {
  answer?: (input: unknown, services: CommandServices, context: CallContext) => unknown;
  prepare?: (
    input: unknown,
    services: CommandServices,
    context: CallContext,
  ) => (() => Change<unknown>) | Promise<() => Change<unknown>>;
  record?: (
    input: unknown,
    services: CommandServices,
    context: CallContext,
  ) => (() => DurableChange) | Promise<() => DurableChange>;
  preview?: (input: unknown, services: CommandServices) => CommandPreview | Promise<CommandPreview>;
  cost?: (input: unknown, services: CommandServices) => readonly Cost[];
}

/** A change of whichever mode. */
export type AnyChange = Change<unknown> & {
  /** The work that goes on after it; null where it is over with the answer. */
  workflowId: string | null;
  spending?: readonly Spending[] | undefined;
};

/** Lets the handler look at the world; what comes back runs inside the one transaction. */
export async function prepareChange(
  handler: AnyHandler,
  input: unknown,
  services: CommandServices,
  context: CallContext,
): Promise<() => AnyChange> {
  if (handler.prepare !== undefined) {
    const commit = await handler.prepare(input, services, context);
    return () => ({ ...commit(), workflowId: null });
  }
  if (handler.record === undefined) throw new Error('a handler has neither answer, prepare nor record');
  const record = await handler.record(input, services, context);
  return () => {
    const { entityId, entityIds, workflowId, message, messages, spending } = record();
    const output: DurableToolResult = {
      status: 'accepted',
      entityId,
      workflowId,
      ...(entityIds === undefined ? {} : { entityIds }),
      message,
    };
    return { output, entityId, workflowId, messages, spending };
  };
}
