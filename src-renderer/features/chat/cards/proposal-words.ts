import { approvalStateTitles } from '../../../../src-shared/domain/approval-words.ts';
import type { Approval } from '../../../../src-shared/domain/approval.ts';
import type { LiveProposal, ProposalState } from '../../../../src-shared/domain/proposal.ts';
import type { Tone } from '../../../ui/badge.tsx';
import { stateTitles, stateTones } from '../../posts/post-words.ts';

const proposalStateTitles: Record<ProposalState, string> = {
  ...approvalStateTitles,
  accepted: 'Accepted',
  scheduled: 'Scheduled',
};

const proposalStateTones: Record<ProposalState, Tone> = {
  pending: 'warn',
  approved: 'accent',
  accepted: 'accent',
  scheduled: 'good',
  rejected: 'neutral',
  expired: 'neutral',
  voided: 'neutral',
  failed: 'bad',
};

/** Where it stands. Of one post that was scheduled that is soon where the post stands: it may be published by now. */
export function badgeOf(
  { command, state: approvalState }: Pick<Approval, 'command' | 'state'>,
  live: Pick<LiveProposal, 'state' | 'posts'> | undefined,
): { title: string; tone: Tone } {
  const state = live?.state ?? approvalState;
  const [post, another] = live?.posts ?? [];
  return command === 'schedule-post' && state === 'scheduled' && post !== undefined && another === undefined
    ? { title: stateTitles[post.state], tone: stateTones[post.state] }
    : { title: proposalStateTitles[state], tone: proposalStateTones[state] };
}
