import type { ProposalState } from '../../../../src-shared/domain/proposal.ts';
import type { Tone } from '../../../ui/badge.tsx';

export const proposalStateTitles: Record<ProposalState, string> = {
  pending: 'Waiting for you',
  approved: 'Approved',
  accepted: 'Accepted',
  scheduled: 'Scheduled',
  rejected: 'Rejected',
  expired: 'Expired',
  voided: 'Replaced',
  failed: 'Could not be done',
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
