import { createIdempotencyRepository } from '../../src-data/idempotency.ts';
import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import type { CommandName } from '../../src-shared/contract/registry.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import { byGrant } from '../../src-shared/domain/approval-words.ts';
import type { AfterCommit } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { findPassage, type PassageQuestion } from './approve.ts';
import { findEarlierAnswer, type KeyedRequest } from './idempotency.ts';
import type { AnyChange } from './prepare-change.ts';
import type { Door, Principal } from './principal.ts';
import type { RateLimit } from './rate-limit.ts';
import { spendCredits } from './spend-credits.ts';

export interface RecordableRequest extends KeyedRequest {
  definition: CommandDefinition;
  door: Door;
  input: unknown;
}

export interface Terms {
  costs: readonly Cost[];
  /** The approval by which it is done, or that it makes. */
  approvalId?: string;
  /** Whether a standing approval has to cover it. */
  needsGrant?: boolean;
  outcome?: 'done' | 'waits-for-approval';
}

export interface Recorded {
  answer: unknown;
  /** The answer is that of the same request, which was faster: nothing was done. */
  isRepeated: boolean;
  /** What the work engine has to be told now. */
  outboxIds: number[];
  /** Workflows that were cancelled by it. */
  cancelledIds: string[];
  afterCommit: AfterCommit | undefined;
}

export interface RecordedRefusal {
  principal: Principal;
  door: Door;
  command: CommandName;
  inputHash: string;
  code: string;
  approvalId?: string;
}

/** Thrown inside the transaction: of many calls at once, others have used up what the standing approval allows. */
export class GrantUsedUp extends Error {}

export type Recorder = ReturnType<typeof createRecorder>;

/** Eighth step: one transaction with the domain's rows, the audit row, the outbox rows and the remembered answer. */
export function createRecorder(services: CommandServices, limitRate: Pick<RateLimit, 'save'>) {
  const { database, audit, outbox, grants, now } = services;
  const idempotency = createIdempotencyRepository(database, now);

  /** What one command does to the database. Call inside a transaction. */
  function apply(
    request: Omit<RecordableRequest, 'idempotencyKey' | 'bodyHash'>,
    commit: () => AnyChange,
    { costs, approvalId, needsGrant = false, outcome = 'done' }: Terms,
  ): { change: AnyChange; outboxIds: number[] } {
    const grantId = needsGrant ? requireGrant({ ...request, costs }) : undefined;
    const change = commit();
    spendCredits(services, request.principal, change, costs);
    if (grantId !== undefined) grants.recordUse(grantId, change.entityId);
    const outboxIds = (change.messages ?? []).map((message) => outbox.add(message));
    audit.append({
      principal: request.principal.name,
      door: request.door,
      command: request.command,
      entityId: change.entityId,
      approvalId: approvalId ?? change.approvalId ?? (grantId === undefined ? null : byGrant(grantId)),
      inputHash: request.inputHash,
      outcome,
    });
    return { change, outboxIds };
  }

  function requireGrant(question: PassageQuestion): string {
    const passage = findPassage(services, question);
    if (passage.kind !== 'grant') throw new GrantUsedUp();
    return passage.grantId;
  }

  return {
    apply,

    recordChange(request: RecordableRequest, commit: () => AnyChange, terms: Terms): Recorded {
      return database.transaction(() => {
        const earlier = findEarlierAnswer(idempotency, request);
        if (earlier !== undefined) {
          const nothing = { outboxIds: [], cancelledIds: [], afterCommit: undefined };
          return { answer: earlier.answer, isRepeated: true, ...nothing };
        }
        const { change, outboxIds } = apply(request, commit, terms);
        const { principal, command, definition, bodyHash, idempotencyKey } = request;
        if (idempotencyKey !== undefined) {
          idempotency.save(principal.name, idempotencyKey, {
            command,
            bodyHash,
            answer: change.rememberedOutput ?? change.output,
          });
        }
        limitRate.save({ principal, command, definition });
        const cancelledIds = (change.messages ?? []).flatMap(({ operation, workflowId }) =>
          operation === 'cancel' ? [workflowId] : [],
        );
        const { output: answer, afterCommit } = change;
        return { answer, isRepeated: false, outboxIds, cancelledIds, afterCommit };
      });
    },

    findEarlier: (request: KeyedRequest) => findEarlierAnswer(idempotency, request),

    /** A change that was asked for and did not happen is on record too. */
    recordRefusal({ principal, code, ...entry }: RecordedRefusal): void {
      database.transaction(() =>
        audit.append({ ...entry, principal: principal.name, entityId: null, outcome: code }),
      );
    },
  };
}
