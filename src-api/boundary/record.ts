import { createAuditRepository } from '../../src-data/audit.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { createIdempotencyRepository } from '../../src-data/idempotency.ts';
import { createOutboxRepository } from '../../src-data/outbox.ts';
import type { CommandName } from '../../src-shared/contract/registry.ts';
import type { AfterCommit, Change } from '../commands/handler-types.ts';
import { findEarlierAnswer, type KeyedRequest } from './idempotency.ts';
import type { Door, Principal } from './principal.ts';

export interface Recorded {
  answer: unknown;
  /** What the work engine has to be told now. */
  outboxIds: number[];
  afterCommit: AfterCommit | undefined;
}

export type RecordChange = (
  request: KeyedRequest & { door: Door },
  commit: () => Change<unknown>,
) => Recorded;

export interface RecordedRefusal {
  principal: Principal;
  door: Door;
  command: CommandName;
  inputHash: string;
  code: string;
}

/** Eighth step: one transaction with the domain's rows, the audit row, the outbox rows and the remembered answer. */
export function createRecorder(database: LibraryDatabase, now: () => Date) {
  const audit = createAuditRepository(database, now);
  const outbox = createOutboxRepository(database, now);
  const idempotency = createIdempotencyRepository(database, now);

  const recordChange: RecordChange = (request, commit) =>
    database.transaction(() => {
      const { principal, door, command, inputHash, idempotencyKey } = request;
      const earlier = findEarlierAnswer(idempotency, request);
      if (earlier !== undefined) return { answer: earlier.answer, outboxIds: [], afterCommit: undefined };
      const change = commit();
      const outboxIds = (change.messages ?? []).map((message) => outbox.add(message));
      audit.append({
        principal: principal.name,
        door,
        command,
        entityId: change.entityId,
        inputHash,
        outcome: 'done',
      });
      if (idempotencyKey !== undefined) {
        idempotency.save(principal.name, idempotencyKey, {
          command,
          bodyHash: inputHash,
          answer: change.output,
        });
      }
      return { answer: change.output, outboxIds, afterCommit: change.afterCommit };
    });

  return {
    recordChange,
    findEarlier: (request: KeyedRequest) => findEarlierAnswer(idempotency, request),

    /** A change that was asked for and did not happen is on record too. */
    recordRefusal(refusal: RecordedRefusal): void {
      const { principal, door, command, inputHash, code } = refusal;
      database.transaction(() =>
        audit.append({
          principal: principal.name,
          door,
          command,
          entityId: null,
          inputHash,
          outcome: code,
        }),
      );
    },
  };
}
