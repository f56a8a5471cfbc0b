import type { Logger } from '../../src-node/logger.ts';
import type { CommandDefinition, DurableToolResult } from '../../src-shared/contract/define-command.ts';
import {
  commandDefinition,
  type CommandInput,
  type CommandName,
  type CommandOutput,
} from '../../src-shared/contract/registry.ts';
import { toAppError, type AppError, type Result } from '../../src-shared/domain/errors.ts';
import { toDatabaseError } from '../../src-data/database-errors.ts';
import type { AfterCommit, Change, DurableChange, Handlers } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import type { Authenticate } from './authenticate.ts';
import { hashRequest } from './canonical-json.ts';
import { checkScope } from './check-scope.ts';
import { openGates, type Gates } from './gates.ts';
import type { OutboxDispatcher } from './outbox-dispatcher.ts';
import type { Credentials, Door, Principal } from './principal.ts';
import type { RateLimit } from './rate-limit.ts';
import { createRecorder } from './record.ts';
import { validateInput } from './validate.ts';

export interface ExecuteOptions {
  idempotencyKey?: string | undefined;
}

export interface Boundary {
  /**
   * The one way in. Steps: authenticate, scope, validate, rate limit, idempotency, approval, credits, one transaction,
   * start the workflow, answer. Nothing is thrown.
   */
  execute: <Name extends CommandName>(
    credentials: Credentials,
    door: Door,
    command: Name,
    input: CommandInput<Name>,
    options?: ExecuteOptions,
  ) => Promise<Result<CommandOutput<Name>>>;
}

export interface BoundaryOptions {
  services: CommandServices;
  handlers: Handlers;
  authenticate: Authenticate;
  limitRate: RateLimit;
  dispatcher: OutboxDispatcher;
  logger: Logger;
  gates?: Gates;
}

/** A handler with its exact types hidden; the map of handlers has checked them. */
interface AnyHandler {
  answer?: (input: unknown, services: CommandServices) => unknown;
  prepare?: (
    input: unknown,
    services: CommandServices,
  ) => (() => Change<unknown>) | Promise<() => Change<unknown>>;
  record?: (
    input: unknown,
    services: CommandServices,
  ) => (() => DurableChange) | Promise<() => DurableChange>;
}

interface Call {
  principal: Principal;
  door: Door;
  command: CommandName;
  definition: CommandDefinition;
  input: unknown;
  idempotencyKey: string | undefined;
}

export function createBoundary(options: BoundaryOptions): Boundary {
  const { services, authenticate, limitRate, dispatcher, logger } = options;
  const gates = options.gates ?? openGates;
  const recorder = createRecorder(services.database, services.now);
  const handlers = options.handlers as Readonly<Record<CommandName, AnyHandler>>;

  async function run(
    credentials: Credentials,
    door: Door,
    command: CommandName,
    rawInput: unknown,
    idempotencyKey: string | undefined,
  ): Promise<unknown> {
    const definition = commandDefinition(command);
    const principal = authenticate(credentials, door);
    const call: Call = { principal, door, command, definition, input: rawInput, idempotencyKey };
    try {
      checkScope(principal, definition);
      const input = validateInput(definition, rawInput);
      limitRate(principal);
      const handler = handlers[command];
      if (handler.answer !== undefined) return await handler.answer(input, services);
      return await change({ ...call, input }, handler);
    } catch (thrown) {
      if (definition.changesState) recordRefusal(call, toAppError(toDatabaseError(thrown)));
      throw thrown;
    }
  }

  async function change(call: Call, handler: AnyHandler): Promise<unknown> {
    const { principal, command, door, input, idempotencyKey } = call;
    const inputHash = hashRequest(call.definition, command, input);
    const request = { principal, command, door, input, inputHash, idempotencyKey };
    const earlier = recorder.findEarlier(request);
    if (earlier !== undefined) return repeatAnswer(call, earlier.answer);

    await gates.approve(request);
    const reservation = await gates.reserveCredits(request);
    try {
      const commit = await prepare(handler, input);
      const recorded = recorder.recordChange(request, commit);
      await cleanUp(call, recorded.afterCommit);
      if (call.definition.mode === 'think') {
        // Nobody waits for it: the answer does not speak of work.
        if (recorded.outboxIds.length > 0) dispatcher.wake();
        return recorded.answer;
      }
      await dispatcher.deliver(recorded.outboxIds);
      return repeatAnswer(call, recorded.answer);
    } catch (thrown) {
      reservation.release();
      throw thrown;
    }
  }

  async function prepare(handler: AnyHandler, input: unknown): Promise<() => Change<unknown>> {
    if (handler.prepare !== undefined) return handler.prepare(input, services);
    if (handler.record === undefined) throw new Error('a handler has neither answer, prepare nor record');
    const record = await handler.record(input, services);
    return () => {
      const { entityId, workflowId, message, messages } = record();
      const output: DurableToolResult = { status: 'accepted', entityId, workflowId, message };
      return { output, entityId, messages };
    };
  }

  /** An answer about work says how it stands now: `scheduled` once the work engine has acknowledged all of it. */
  function repeatAnswer(call: Call, answer: unknown): unknown {
    if (call.definition.mode === 'think') return answer;
    const result = answer as DurableToolResult;
    if (!services.outbox.hasPending(result.workflowId)) return { ...result, status: 'scheduled' };
    return { ...result, message: `${result.message} It goes on as soon as the work engine is ready.` };
  }

  async function cleanUp(call: Call, afterCommit: AfterCommit | undefined): Promise<void> {
    try {
      await afterCommit?.();
    } catch (thrown) {
      logger.warn({ err: thrown, command: call.command }, 'the clean-up after a command did not succeed');
    }
  }

  function recordRefusal({ principal, door, command, definition, input }: Call, error: AppError): void {
    try {
      const inputHash = hashRequest(definition, command, input);
      recorder.recordRefusal({ principal, door, command, inputHash, code: error.code });
    } catch (thrown) {
      // A full disk is often the very reason for the refusal: the caller still gets its answer.
      logger.warn({ err: thrown, command }, 'a refused command could not be put on record');
    }
  }

  return {
    async execute(credentials, door, command, input, executeOptions = {}) {
      try {
        const value = await run(credentials, door, command, input, executeOptions.idempotencyKey);
        return { ok: true, value: value as CommandOutput<typeof command> };
      } catch (thrown) {
        const error = toAppError(toDatabaseError(thrown));
        if (error.code === 'bug') logger.error({ err: error.cause ?? error, command }, 'a command failed');
        else logger.info({ code: error.code, command, door }, 'a command was refused');
        return { ok: false, error: error.toDto() };
      }
    },
  };
}
