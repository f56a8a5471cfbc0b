import { randomUUID } from 'node:crypto';
import type { DurableToolResult } from '../../src-shared/contract/define-command.ts';
import { commandDefinition, isCommandName, type ParsedInput } from '../../src-shared/contract/registry.ts';
import type { Approval } from '../../src-shared/domain/approval.ts';
import { byGrant } from '../../src-shared/domain/approval-words.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ApprovalDesk, CallContext, Handlers } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { wrongState } from '../commands/wrong-state.ts';
import {
  answerAgain,
  asRefusal,
  isOver,
  notWhatWasShown,
  toResult,
  waitingAnswer,
  type Decided,
} from './approval-answers.ts';
import { findAgent } from './authenticate.ts';
import { checkScope } from './check-scope.ts';
import { foresee, type Foreseen } from './foresee.ts';
import { hashRequest } from './canonical-json.ts';
import { prepareChange, type AnyChange, type AnyHandler } from './prepare-change.ts';
import type { Door } from './principal.ts';
import type { RecordableRequest, Recorder } from './record.ts';
import { approvalDecided, startApprovalExpiry } from './start-messages.ts';
import { validateInput } from './validate.ts';

export interface DeskOptions {
  services: CommandServices;
  handlers: Handlers;
  recorder: Recorder;
}

const expiresAfterMs = 7 * 24 * 3_600_000;
/** An inbox of more is read by nobody. */
const waitingAtOnce = 100;

/** What was found out about an approved command before the transaction. */
type Attempt =
  | { kind: 'ready'; request: RecordableRequest; commit: () => AnyChange; foreseen: Foreseen }
  | { kind: 'edited'; request: RecordableRequest; foreseen: Foreseen }
  | { kind: 'refused'; error: AppError };

/**
 * Where agents' wishes wait for the creator. A request is bound to the hash of its content; approved, it runs through
 * the pipeline as the agent that asked, in the same transaction as the decision, so that there is one execution or none.
 */
export function createApprovalDesk({ services, recorder, ...options }: DeskOptions) {
  const { approvals, database, notices, now, tokens } = services;
  const handlers = options.handlers as Readonly<Record<string, AnyHandler>>;

  function handlerOf(command: string): AnyHandler {
    const handler = handlers[command];
    if (handler === undefined) throw new Error(`nobody handles ${command}`);
    return handler;
  }

  /** @throws AppError `input.wrong-state` */
  function assertRoom(principal: string): void {
    if (approvals.countPending(principal) < waitingAtOnce) return;
    throw wrongState(
      `${waitingAtOnce} requests of this agent wait for approval already. Nothing was changed. Decide about some of them first.`,
      { waitingAtOnce },
    );
  }

  function createRow({ principal, door, command, input }: RecordableRequest, foreseen: Foreseen): Approval {
    const { preview, contentHash } = foreseen;
    return approvals.create({
      approvalId: randomUUID(),
      command,
      input,
      contentHash,
      preview,
      principal: principal.name,
      principalLabel: principal.label,
      door,
      expiresAt: new Date(now().getTime() + expiresAfterMs).toISOString(),
    });
  }

  /** A request that waits, and the notice of it. */
  function putBeforeCreator(request: RecordableRequest, foreseen: Foreseen): Approval {
    notices.add({
      kind: 'approval-waiting',
      title: `${request.principal.label} asks for your approval`,
      body: foreseen.preview.title,
      target: { screen: 'approvals' },
    });
    return createRow(request, foreseen);
  }

  /** Puts a request with other content in the place of a waiting one. Call inside a transaction. */
  function replace(approval: Approval, request: RecordableRequest, foreseen: Foreseen, by: string): Decided {
    const { approvalId } = approval;
    const next = putBeforeCreator(request, foreseen);
    approvals.end(approvalId, { state: 'voided', decidedBy: by, replacedBy: next.approvalId });
    return {
      output: { approval: next },
      entityId: next.approvalId,
      approvalId,
      messages: [approvalDecided(approvalId), startApprovalExpiry(next.approvalId, next.expiresAt)],
    };
  }

  /** Sixth step, where nothing lets the command pass: it is put before the creator. */
  async function ask(request: RecordableRequest, context: CallContext): Promise<DurableToolResult> {
    const foreseen = await foresee(request, handlerOf(request.command), services, context);
    const { answer } = recorder.recordChange(request, () => askInTransaction(request, foreseen), {
      costs: [],
      outcome: 'waits-for-approval',
    });
    return answer as DurableToolResult;
  }

  function askInTransaction(request: RecordableRequest, foreseen: Foreseen): AnyChange {
    // An agent that asks again for what waits already is told so, instead of filling the inbox.
    const same = approvals.findSame(request.principal.name, foreseen.contentHash);
    if (same === undefined) assertRoom(request.principal.name);
    const { approvalId, expiresAt } = same ?? putBeforeCreator(request, foreseen);
    return {
      output: waitingAnswer(approvalId, foreseen),
      entityId: approvalId,
      approvalId,
      workflowId: null,
      messages: same === undefined ? [startApprovalExpiry(approvalId, expiresAt)] : [],
    };
  }

  /**
   * Sixth step, where a standing grant lets it pass and the creator is shown it: the request is kept as one that the
   * grant has approved. What comes back runs inside the one transaction.
   */
  async function letThrough(
    request: RecordableRequest,
    grantId: string,
    context: CallContext,
  ): Promise<() => AnyChange> {
    const handler = handlerOf(request.command);
    const foreseen = await foresee(request, handler, services, context);
    const commit = await prepareChange(handler, request.input, services, context);
    return () => {
      const change = commit();
      const approval = createRow(request, foreseen);
      const result = toResult(change, approval);
      approvals.end(approval.approvalId, { state: 'approved', decidedBy: byGrant(grantId), result });
      return change;
    };
  }

  /** The stored request as a call of the agent that asked, as it may act now. */
  function recall(approval: Approval, input: unknown): RecordableRequest {
    const principal = findAgent(approval.principal, tokens);
    if (principal === undefined) {
      throw new AppError({
        code: 'input.not-allowed',
        userMessage: `${approval.principalLabel} may not act any more, so this was not done. Nothing was changed.`,
        retry: 'never',
      });
    }
    if (!isCommandName(approval.command)) {
      throw wrongState('This version of Longhand does not know that command any more. Nothing was changed.', {
        command: approval.command,
      });
    }
    const command = approval.command;
    const definition = commandDefinition(command);
    checkScope(principal, definition);
    const parsed = validateInput(definition, input);
    const inputHash = hashRequest(definition, command, parsed);
    return {
      ...{ principal, definition, command, input: parsed, idempotencyKey: undefined },
      // The row was written by this same program.
      door: approval.door as Door,
      ...{ inputHash, bodyHash: inputHash },
    };
  }

  async function attempt(approval: Approval, context: CallContext): Promise<Attempt> {
    try {
      const request = recall(approval, approval.input);
      const asAgent = { ...context, principal: request.principal, door: request.door };
      const handler = handlerOf(approval.command);
      const foreseen = await foresee(request, handler, services, asAgent);
      if (foreseen.contentHash !== approval.contentHash) return { kind: 'edited', request, foreseen };
      const commit = await prepareChange(handler, request.input, services, asAgent);
      return { kind: 'ready', request, commit, foreseen };
    } catch (thrown) {
      return { kind: 'refused', error: asRefusal(thrown) };
    }
  }

  /** Runs what was approved; what cannot be done any more is taken back, and the reason stays on the row. */
  function carryOut(approval: Approval, found: Attempt, by: string): Decided {
    const { approvalId } = approval;
    const conclude = (end: Parameters<typeof approvals.end>[1], change?: AnyChange): Decided => {
      approvals.end(approvalId, end);
      return {
        output: { approval: approvals.get(approvalId) },
        entityId: approvalId,
        approvalId,
        messages: [approvalDecided(approvalId)],
        ...(change?.afterCommit === undefined ? {} : { afterCommit: change.afterCommit }),
      };
    };
    if (found.kind === 'edited') {
      const change = replace(approval, found.request, found.foreseen, by);
      return { ...change, output: { approval: approvals.get(approvalId) } };
    }
    try {
      if (found.kind === 'refused') throw found.error;
      const { request, commit, foreseen } = found;
      const { change } = database.transaction(() =>
        recorder.apply(request, commit, { costs: foreseen.costs, approvalId }),
      );
      return conclude({ state: 'approved', decidedBy: by, result: toResult(change, approval) }, change);
    } catch (thrown) {
      const error = asRefusal(thrown);
      recordFailure(approval, error);
      return conclude({ state: 'failed', decidedBy: by, result: error.toDto() });
    }
  }

  function recordFailure(approval: Approval, { code }: AppError): void {
    const { principal, door, command, input, approvalId } = approval;
    if (!isCommandName(command)) return;
    services.audit.append({
      ...{ principal, door, command, approvalId },
      entityId: null,
      inputHash: hashRequest(commandDefinition(command), command, input),
      outcome: code,
    });
  }

  async function prepareDecision(
    { approvalId, decision, contentHash }: ParsedInput<'decide-approval'>,
    context: CallContext,
  ): Promise<() => Decided> {
    const by = context.principal.name;
    const shown = approvals.get(approvalId);
    const isToBeDone =
      decision === 'approve' && shown.state === 'pending' && shown.contentHash === contentHash;
    const found = isToBeDone ? await attempt(shown, context) : undefined;
    return () => {
      const approval = approvals.get(approvalId);
      if (approval.state !== 'pending') return answerAgain(approval, decision);
      if (approval.contentHash !== contentHash) throw notWhatWasShown(approvalId);
      // Decided as it was asked: nobody else was faster, and the content is what was looked at before.
      if (found !== undefined) return carryOut(approval, found, by);
      approvals.end(approvalId, { state: 'rejected', decidedBy: by });
      return {
        output: { approval: approvals.get(approvalId) },
        entityId: approvalId,
        approvalId,
        messages: [approvalDecided(approvalId)],
      };
    };
  }

  async function prepareEdit(
    approval: Approval,
    input: unknown,
    context: CallContext,
  ): Promise<() => Decided> {
    const { approvalId } = approval;
    const request = recall(approval, input);
    const asAgent = { ...context, principal: request.principal, door: request.door };
    const foreseen = await foresee(request, handlerOf(approval.command), services, asAgent);
    return () => {
      const present = approvals.get(approvalId);
      if (present.state !== 'pending') throw isOver(present);
      return replace(present, request, foreseen, context.principal.name);
    };
  }

  return { ask, letThrough, prepareDecision, prepareEdit } satisfies ApprovalDesk & Record<string, unknown>;
}
