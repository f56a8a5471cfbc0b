import { isDurableToolResult } from '../../src-shared/contract/define-command.ts';
import type { Approval } from '../../src-shared/domain/approval.ts';
import { approvalStateTitles, outcomeOf } from '../../src-shared/domain/approval-words.ts';
import type { LiveProposal, ProposalState } from '../../src-shared/domain/proposal.ts';
import { headingOf } from '../../src-shared/domain/post.ts';
import { receiptTitles } from '../../src-shared/domain/receipt-words.ts';
import type { QueryHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';

/** How the cards of the assistant stand now: as the approval says, and once it was let through, as the work says. */
export const readProposals: QueryHandler<'read-proposals'> = {
  answer: ({ approvalIds }, services) => ({
    proposals: approvalIds.flatMap((approvalId) => {
      const approval = services.approvals.find(approvalId);
      // What other agents asked for is none of a conversation's business.
      return approval?.principal === 'assistant' ? [toLive(approval, services)] : [];
    }),
  }),
};

function toLive(approval: Approval, services: CommandServices): LiveProposal {
  const { approvalId, contentHash, result } = approval;
  const done = result !== null && isDurableToolResult(result) ? result : null;
  const state = stateOf(approval, services);
  return {
    approvalId,
    state,
    message: messageOf(approval),
    contentHash,
    expiresAt: approval.state === 'pending' ? approval.expiresAt : null,
    entityId: done?.entityId ?? null,
    workflowId: done?.workflowId ?? null,
    posts: done === null ? [] : postsOf(done.entityIds ?? [done.entityId], services),
  };
}

/** `scheduled` once the work engine has acknowledged all of it; never anything stronger. */
function stateOf({ state, result }: Approval, { outbox }: CommandServices): ProposalState {
  if (state !== 'approved') return state;
  if (result === null || !isDurableToolResult(result)) return 'approved';
  return outbox.hasPending(result.workflowId) ? 'accepted' : 'scheduled';
}

function messageOf(approval: Approval): string {
  const { state, preview } = approval;
  if (state === 'pending') return `${approvalStateTitles.pending}: ${preview.title}.`;
  return outcomeOf(approval) ?? preview.title;
}

function postsOf(entityIds: readonly string[], { posts }: CommandServices): LiveProposal['posts'] {
  return entityIds.flatMap((postId) => {
    const post = posts.find(postId);
    if (post === undefined) return [];
    const receipts = posts
      .listReceipts(postId)
      .map(({ at, kind, detail, url }) => ({ at, title: receiptTitles[kind], detail, url }));
    return [{ postId, heading: headingOf(post.row.content), state: post.row.state, receipts }];
  });
}
