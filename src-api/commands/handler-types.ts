import type { OutboxMessage } from '../../src-data/outbox.ts';
import type {
  CommandName,
  CommandOutput,
  CommandsOfMode,
  ParsedInput,
} from '../../src-shared/contract/registry.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import type { Approval, CommandPreview } from '../../src-shared/domain/approval.ts';
import type { Door, Principal } from '../boundary/principal.ts';
import type { CommandServices } from './services.ts';

type MaybePromise<Value> = Value | Promise<Value>;

/** What is to happen once the change is on disk; it may fail without taking the change back. */
export type AfterCommit = () => MaybePromise<void>;

export interface Change<Output> {
  output: Output;
  /** What is kept to answer a repeated request, where the output itself holds a secret. */
  rememberedOutput?: Output;
  /** What the change is about, for the audit. */
  entityId: string | null;
  /** The approval it is about or was done by, for the audit. */
  approvalId?: string;
  messages?: readonly OutboxMessage[];
  afterCommit?: AfterCommit;
}

/** What is set aside for one of several things that a command makes. */
export interface Spending {
  entityId: string;
  workflowId: string | null;
  costs: readonly Cost[];
}

export interface DurableChange {
  entityId: string;
  workflowId: string;
  /** All that it made, in order, where that is several. */
  entityIds?: string[];
  /** A sentence for the person: what was recorded. */
  message: string;
  messages: readonly OutboxMessage[];
  /** Where it makes several things, each with work of its own: how its cost is shared out. */
  spending?: readonly Spending[];
}

/** What only the boundary can do with a request for approval; see `boundary/approval-desk.ts`. */
export interface ApprovalDesk {
  prepareDecision: (
    decision: ParsedInput<'decide-approval'>,
    context: CallContext,
  ) => Promise<() => Change<{ approval: Approval }>>;
  prepareEdit: (
    approval: Approval,
    input: unknown,
    context: CallContext,
  ) => Promise<() => Change<{ approval: Approval }>>;
}

/** Who asks, through which door. Most handlers need not know. */
export interface CallContext {
  principal: Principal;
  door: Door;
  desk: ApprovalDesk;
}

/** Looks, and changes nothing. */
export interface QueryHandler<Name extends CommandName> {
  answer: (
    input: ParsedInput<Name>,
    services: CommandServices,
    context: CallContext,
  ) => MaybePromise<CommandOutput<Name>>;
}

/** What a handler may tell of a command before it is done. Both read, and change nothing. */
interface Foresight<Name extends CommandName> {
  /** Exactly what would happen, for the person who approves it. Left out: made from the title and the input. */
  preview?: (input: ParsedInput<Name>, services: CommandServices) => MaybePromise<CommandPreview>;
  /** What is set aside for it; the end of the work settles or releases it (see `src-data/credits.ts`). */
  cost?: (input: ParsedInput<Name>, services: CommandServices) => readonly Cost[];
}

/**
 * Changes something. `prepare` looks at the world (files, other programs) and may wait; what it returns runs inside
 * the one transaction, at once and without waiting, and reads from the database what it depends on.
 */
export interface ChangeHandler<Name extends CommandName> extends Foresight<Name> {
  prepare: (
    input: ParsedInput<Name>,
    services: CommandServices,
    context: CallContext,
  ) => MaybePromise<() => Change<CommandOutput<Name>>>;
}

/** Records work and what the work engine has to be told. As {@link ChangeHandler}; the boundary makes the answer. */
export interface DurableHandler<Name extends CommandName> extends Foresight<Name> {
  record: (
    input: ParsedInput<Name>,
    services: CommandServices,
    context: CallContext,
  ) => MaybePromise<() => DurableChange>;
}

export type Handler<Name extends CommandName> =
  Name extends CommandsOfMode<'think'> ? QueryHandler<Name> | ChangeHandler<Name> : DurableHandler<Name>;

/** One handler per command: a missing one does not compile. */
export type Handlers = { readonly [Name in CommandName]: Handler<Name> };
