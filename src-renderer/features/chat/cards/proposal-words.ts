import { approvalStateTitles } from '../../../../src-shared/domain/approval-words.ts';
import type { ProposalState } from '../../../../src-shared/domain/proposal.ts';
import type { Tone } from '../../../ui/badge.tsx';

export const proposalStateTitles: Record<ProposalState, string> = {
  ...approvalStateTitles,
  accepted: 'Accepted',
  scheduled: 'Scheduled',
};

export const proposalStateTones: Record<ProposalState, Tone> = {
  pending: 'warn',
  approved: 'accent',
  accepted: 'accent',
  scheduled: 'good',
  rejected: 'neutral',
  expired: 'neutral',
  voided: 'neutral',
  failed: 'bad',
};
