import { isDurableToolResult, type DurableToolResult } from '../../src-shared/contract/define-command.ts';
import type { Approval } from '../../src-shared/domain/approval.ts';
import { approvalStateTitles } from '../../src-shared/domain/approval-words.ts';
import { AppError, toAppError } from '../../src-shared/domain/errors.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import type { Change } from '../commands/handler-types.ts';
import { wrongState } from '../commands/wrong-state.ts';
import type { Foreseen } from './foresee.ts';
import type { AnyChange } from './prepare-change.ts';

/** What the desk answers to those who ask and to those who decide. */

export type Decided = Change<{ approval: Approval }>;

export function waitingAnswer(approvalId: string, { preview }: Foreseen): DurableToolResult {
  return {
    status: 'accepted',
    entityId: approvalId,
    workflowId: workflowIds.approvalExpiry(approvalId),
    message: `${approvalStateTitles.pending}: ${preview.title}.`,
  };
}

/** Deciding the same way twice, from two windows, is one decision. */
export function answerAgain(approval: Approval, decision: 'approve' | 'reject'): Decided {
  const wasApproved = approval.state === 'approved' || approval.state === 'failed';
  const isSame = decision === 'approve' ? wasApproved : approval.state === 'rejected';
  if (!isSame) throw isOver(approval);
  const { approvalId } = approval;
  return { output: { approval }, entityId: approvalId, approvalId };
}

const endings: Record<Approval['state'], string> = {
  pending: 'waits',
  approved: 'was approved already',
  rejected: 'was rejected already',
  expired: 'has expired without a decision',
  voided: 'is no longer valid: what it was about was edited, or who asked may not act any more',
  failed: 'was approved already, and could not be done',
};

export function isOver({ approvalId, state, replacedBy }: Approval): AppError {
  return wrongState(`This request ${endings[state]}. Nothing was changed. Look at the list again.`, {
    ...{ approvalId, state, replacedBy },
  });
}

export function notWhatWasShown(approvalId: string): AppError {
  return new AppError({
    code: 'input.conflict',
    userMessage:
      'What waits for approval is not what was shown. Nothing was done. Look at it again, then decide.',
    retry: 'user',
    details: { approvalId },
  });
}

/**
 * A refusal that stays with the request. What may be otherwise in a moment (a full disk, a part that is starting, a
 * budget that can be raised) is thrown on instead: the request goes on waiting.
 */
export function asRefusal(thrown: unknown): AppError {
  const error = toAppError(thrown);
  const mayPass = ['storage.disk-full', 'storage.read-only', 'input.over-budget', 'bug'].includes(error.code);
  if (mayPass || error.retry === 'auto') throw thrown;
  return error;
}

export function toResult(
  { output, entityId }: AnyChange,
  { approvalId, preview }: Approval,
): DurableToolResult {
  if (isDurableToolResult(output)) return output;
  return {
    status: 'accepted',
    entityId: entityId ?? approvalId,
    workflowId: workflowIds.approvalExpiry(approvalId),
    message: `Done: ${preview.title}.`,
  };
}
