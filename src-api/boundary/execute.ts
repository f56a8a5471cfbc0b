import type { Logger } from '../../src-node/logger.ts';
import type { CommandDefinition, DurableToolResult } from '../../src-shared/contract/define-command.ts';
import {
  commandDefinition,
  type CommandInput,
  type CommandName,
  type CommandOutput,
} from '../../src-shared/contract/registry.ts';
import { toAppError, type AppError, type Result } from '../../src-shared/domain/errors.ts';
import { isApprovalWorkflow } from '../../src-shared/domain/workflows.ts';
import { toDatabaseError } from '../../src-data/database-errors.ts';
import type { AfterCommit, CallContext, Handlers } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { createApprovalDesk } from './approval-desk.ts';
import { findPassage } from './approve.ts';
import type { Authenticate } from './authenticate.ts';
import { checkScope } from './check-scope.ts';
import { hashRequest } from './canonical-json.ts';
import { hashBody } from './idempotency.ts';
import type { OutboxDispatcher } from './outbox-dispatcher.ts';
import { prepareChange, type AnyHandler } from './prepare-change.ts';
import type { Credentials, Door, Principal } from './principal.ts';
import type { RateLimit } from './rate-limit.ts';
import { createRecorder, GrantUsedUp, type Recorded, type RecordableRequest } from './record.ts';
import { validateInput } from './validate.ts';

export interface ExecuteOptions {
  idempotencyKey?: string | undefined;
  /** An agent's commit is put before the creator although a standing grant would let it pass. */
  mustAsk?: boolean | undefined;
  /** The caller shows the creator what it does: where a standing grant lets it pass, that is kept with its preview. */
  isShown?: boolean | undefined;
}

export interface Boundary {
  /**
   * The one way in. Steps: authenticate, scope, validate, rate limit, idempotency, approval, credits, one transaction,
   * start the workflow, answer. Nothing is thrown. An agent's command that waits for approval answers with a
   * `DurableToolResult` about the approval, whatever its mode.
   */
  execute: <Name extends CommandName>(
    credentials: Credentials,
    door: Door,
    command: Name,
    input: CommandInput<Name>,
    options?: ExecuteOptions,
  ) => Promise<Result<CommandOutput<Name>>>;
  /** Who that is: for doors that offer each caller only what it may do. */
  authenticate: (credentials: Credentials, door: Door) => Result<Principal>;
}

export interface BoundaryOptions {
  services: CommandServices;
  handlers: Handlers;
  authenticate: Authenticate;
  limitRate: RateLimit;
  dispatcher: OutboxDispatcher;
  logger: Logger;
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
  const recorder = createRecorder(services, limitRate);
  const desk = createApprovalDesk({ services, handlers: options.handlers, recorder });
  const handlers = options.handlers as Readonly<Record<CommandName, AnyHandler>>;

  async function run(
    credentials: Credentials,
    door: Door,
    command: CommandName,
    rawInput: unknown,
    { idempotencyKey, ...ways }: ExecuteOptions,
  ): Promise<unknown> {
    const definition = commandDefinition(command);
    const principal = authenticate(credentials, door);
    const call: Call = { principal, door, command, definition, input: rawInput, idempotencyKey };
    try {
      const input = admit(call);
      const handler = handlers[command];
      const context: CallContext = { principal, door, desk };
      if (handler.answer !== undefined) return await handler.answer(input, services, context);
      const inputHash = hashRequest(definition, command, input);
      const bodyHash = await hashBody(definition, { ...call, inputHash }, input);
      return await change({ ...call, input, inputHash, bodyHash }, handler, context, ways);
    } catch (thrown) {
      if (definition.changesState) recordRefusal(call, toAppError(toDatabaseError(thrown)));
      throw thrown;
    }
  }

  /** Scope, validation and rate limit. Returns the input with its defaults filled in. */
  function admit(call: Call): unknown {
    const { principal, definition, input } = call;
    let parsed: unknown;
    try {
      checkScope(principal, definition);
      parsed = validateInput(definition, input);
    } catch (thrown) {
      // What is refused counts too: each refusal of a change is put on record.
      limitRate.take(call);
      throw thrown;
    }
    limitRate.take(call);
    return parsed;
  }

  async function change(
    request: RecordableRequest,
    handler: AnyHandler,
    context: CallContext,
    { mustAsk = false, isShown = false }: Omit<ExecuteOptions, 'idempotencyKey'>,
  ): Promise<unknown> {
    const earlier = recorder.findEarlier(request);
    if (earlier !== undefined) return await repeatAnswer(request, earlier.answer);

    const { input } = request;
    const costs = handler.cost?.(input, services) ?? [];
    const passage = findPassage(services, { ...request, costs });
    if (passage.kind === 'ask' || (passage.kind === 'grant' && mustAsk)) return ask(request, context);
    const commit =
      passage.kind === 'grant' && isShown
        ? await desk.letThrough(request, passage.grantId, context)
        : await prepareChange(handler, input, services, context);
    let recorded: Recorded;
    try {
      const needsGrant = passage.kind === 'grant';
      recorded = recorder.recordChange(request, commit, { costs, needsGrant });
    } catch (thrown) {
      if (thrown instanceof GrantUsedUp) return ask(request, context);
      throw thrown;
    }
    if (recorded.isRepeated) return await repeatAnswer(request, recorded.answer);
    for (const workflowId of recorded.cancelledIds) services.processes.endWork(workflowId);
    await cleanUp(request, recorded.afterCommit);
    if (request.definition.mode === 'think') {
      // Nobody waits for it: the answer does not speak of work.
      if (recorded.outboxIds.length > 0) dispatcher.wake();
      return recorded.answer;
    }
    return answerAbout(recorded.answer as DurableToolResult, recorded.outboxIds);
  }

  async function ask(request: RecordableRequest, context: CallContext): Promise<DurableToolResult> {
    const answer = await desk.ask(request, context);
    dispatcher.wake();
    return answer;
  }

  /** To a call that was made before, perhaps this very moment. */
  async function repeatAnswer({ definition }: Pick<Call, 'definition'>, answer: unknown): Promise<unknown> {
    if (definition.mode === 'think') return answer;
    const result = answer as DurableToolResult;
    // It waits for a person, not for the engine.
    if (isApprovalWorkflow(result.workflowId)) return result;
    return answerAbout(result, services.outbox.listPendingIds(result.workflowId));
  }

  /** An answer about work says how it stands now: `scheduled` once the work engine has acknowledged all of it. */
  async function answerAbout(
    result: DurableToolResult,
    outboxIds: readonly number[],
  ): Promise<DurableToolResult> {
    return (await dispatcher.deliver(outboxIds))
      ? { ...result, status: 'scheduled' }
      : { ...result, message: `${result.message} It goes on as soon as the work engine is ready.` };
  }

  async function cleanUp(
    { command }: Pick<Call, 'command'>,
    afterCommit: AfterCommit | undefined,
  ): Promise<void> {
    try {
      await afterCommit?.();
    } catch (thrown) {
      logger.warn({ err: thrown, command }, 'the clean-up after a command did not succeed');
    }
  }

  function recordRefusal(call: Call, error: AppError): void {
    const { principal, door, command, definition, input } = call;
    const { code } = error;
    // One line tells of a flood; a thousand would be one.
    if (code === 'input.rate-limited' && !limitRate.isFirstRefusal(call)) return;
    try {
      recorder.recordRefusal({
        principal,
        door,
        command,
        inputHash: hashRequest(definition, command, input),
        code,
      });
    } catch (thrown) {
      // A full disk is often the very reason for the refusal: the caller still gets its answer.
      logger.warn({ err: thrown, command }, 'a refused command could not be put on record');
    }
  }

  return {
    async execute(credentials, door, command, input, executeOptions = {}) {
      try {
        const value = await run(credentials, door, command, input, executeOptions);
        return { ok: true, value: value as CommandOutput<typeof command> };
      } catch (thrown) {
        const error = toAppError(toDatabaseError(thrown));
        if (error.code === 'bug') logger.error({ err: error.cause ?? error, command }, 'a command failed');
        else logger.info({ code: error.code, command, door }, 'a command was refused');
        return { ok: false, error: error.toDto() };
      }
    },

    authenticate(credentials, door) {
      try {
        return { ok: true, value: authenticate(credentials, door) };
      } catch (thrown) {
        return { ok: false, error: toAppError(toDatabaseError(thrown)).toDto() };
      }
    },
  };
}
