import type { OutboxMessage } from '../../src-data/outbox.ts';
import type {
  CommandName,
  CommandOutput,
  CommandsOfMode,
  ParsedInput,
} from '../../src-shared/contract/registry.ts';
import type { CommandServices } from './services.ts';

type MaybePromise<Value> = Value | Promise<Value>;

/** What is to happen once the change is on disk; it may fail without taking the change back. */
export type AfterCommit = () => MaybePromise<void>;

export interface Change<Output> {
  output: Output;
  /** What the change is about, for the audit. */
  entityId: string | null;
  messages?: readonly OutboxMessage[];
  afterCommit?: AfterCommit;
}

export interface DurableChange {
  entityId: string;
  workflowId: string;
  /** A sentence for the person: what was recorded. */
  message: string;
  messages: readonly OutboxMessage[];
}

/** Looks, and changes nothing. */
export interface QueryHandler<Name extends CommandName> {
  answer: (input: ParsedInput<Name>, services: CommandServices) => MaybePromise<CommandOutput<Name>>;
}

/**
 * Changes something. `prepare` looks at the world (files, other programs) and may wait; what it returns runs inside
 * the one transaction, at once and without waiting, and reads from the database what it depends on.
 */
export interface ChangeHandler<Name extends CommandName> {
  prepare: (
    input: ParsedInput<Name>,
    services: CommandServices,
  ) => MaybePromise<() => Change<CommandOutput<Name>>>;
}

/** Records work and what the work engine has to be told. As {@link ChangeHandler}; the boundary makes the answer. */
export interface DurableHandler<Name extends CommandName> {
  record: (input: ParsedInput<Name>, services: CommandServices) => MaybePromise<() => DurableChange>;
}

export type Handler<Name extends CommandName> =
  Name extends CommandsOfMode<'think'> ? QueryHandler<Name> | ChangeHandler<Name> : DurableHandler<Name>;

/** One handler per command: a missing one does not compile. */
export type Handlers = { readonly [Name in CommandName]: Handler<Name> };
