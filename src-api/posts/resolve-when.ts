import type { WhenInput } from '../../src-shared/contract/post-inputs.ts';
import { describeDue, resolveTime } from '../../src-shared/domain/due-time.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { DueTime } from '../../src-shared/domain/post.ts';
import { findFreeSlot } from '../../src-shared/domain/queue-slot.ts';
import type { CommandServices } from '../commands/services.ts';

/** A time so little ago was meant as now: the click and the call took that long. */
const passedMs = 60_000;

interface FoundDue {
  due: DueTime;
  isNow: boolean;
  /** The clocks skip the time that was wished for. */
  isMoved: boolean;
}

export interface ResolvedWhen extends FoundDue {
  /** `Scheduled for Wednesday 10:00 (Europe/Berlin).`, with what was changed about the wish. */
  sentence: string;
}

/**
 * The due time behind a wish, for a post on these accounts.
 * @throws AppError `input.invalid`, or `input.not-found` where there is no free slot
 */
export function findDue(
  when: WhenInput,
  accountIds: readonly string[],
  services: Pick<CommandServices, 'queueSlots' | 'now' | 'zone'>,
  postId?: string,
): FoundDue {
  const at = services.now();
  switch (when.kind) {
    case 'now':
      return {
        due: resolveTime(at.toISOString(), services.zone()).due,
        isNow: true,
        isMoved: false,
      };
    case 'next-slot': {
      const due = findNextSlot(accountIds, at, services, postId);
      if (due !== null) return { due, isNow: false, isMoved: false };
      throw new AppError({
        code: 'input.not-found',
        userMessage:
          'None of these accounts has a free queue slot. Nothing was changed. Give the account queue slots, or choose a time.',
        retry: 'never',
      });
    }
    case 'at': {
      const { due, isMoved } = resolveTime(when.dueAt, when.zone ?? services.zone());
      const lateByMs = at.getTime() - Date.parse(due.dueAt);
      if (lateByMs > passedMs) {
        throw new AppError({
          code: 'input.invalid',
          userMessage: `${describeDue(due, at)} has passed. Nothing was changed. Choose a time to come, or publish it now.`,
          retry: 'never',
          details: { dueAt: due.dueAt },
        });
      }
      return { due, isNow: false, isMoved };
    }
  }
}

/** The due time behind a wish, and what the person is told of it. @throws like `findDue` */
export function resolveWhen(...wish: Parameters<typeof findDue>): ResolvedWhen {
  const found = findDue(...wish);
  if (found.isNow) return { ...found, sentence: 'It is being sent now.' };
  const [, , { now }] = wish;
  const moved = found.isMoved ? ' The clocks skip the time you chose on that day, so it was moved on.' : '';
  return { ...found, sentence: `Scheduled for ${describeDue(found.due, now())}.${moved}` };
}

/** Of the first of the accounts that has slots; free where none of them has anything else. */
export function findNextSlot(
  accountIds: readonly string[],
  after: Date,
  { queueSlots }: Pick<CommandServices, 'queueSlots'>,
  exceptPostId?: string,
): DueTime | null {
  const queues = queueSlots.list();
  const queue = accountIds
    .map((accountId) => queues.find((candidate) => candidate.accountId === accountId))
    .find((candidate) => candidate !== undefined);
  if (queue === undefined) return null;
  const taken = queueSlots.listTaken(accountIds, after, exceptPostId);
  return findFreeSlot(queue, after, (dueAt) => taken.has(dueAt));
}
