import type { Approval, ApprovalState } from './approval.ts';

/** One wording for one state: on the cards of a conversation, under Approvals, and in what commands answer. */
export const approvalStateTitles: Record<ApprovalState, string> = {
  pending: 'Waits for your approval',
  approved: 'Approved',
  rejected: 'Rejected',
  expired: 'Expired',
  voided: 'No longer valid',
  failed: 'Could not be done',
};

const grantMark = 'grant:';

/** How decisions and the audit name a standing grant that let something pass. */
export const byGrant = (grantId: string): string => `${grantMark}${grantId}`;

/** Nobody was asked: a standing grant let it pass. */
export const wasLetThrough = ({ decidedBy }: Pick<Approval, 'decidedBy'>): boolean =>
  decidedBy?.startsWith(grantMark) === true;

export const letThroughTitle = 'Your standing approval let it through';

/** What came of it, in a sentence; null where nothing has been done. */
export function outcomeOf({ result, state }: Pick<Approval, 'result' | 'state'>): string | null {
  if (result !== null) return 'userMessage' in result ? result.userMessage : result.message;
  switch (state) {
    case 'expired':
      return 'Nobody decided in time. Nothing was done.';
    case 'voided':
      return 'It was changed after it was asked for, or may no longer be asked for. Nothing was done.';
    case 'rejected':
      return 'You rejected it. Nothing was done.';
    case 'pending':
    case 'approved':
    case 'failed':
      return null;
  }
}
