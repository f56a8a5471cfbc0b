import type { Approval } from '../../src-shared/domain/approval.ts';
import { recordNotFound } from '../../src-data/database-errors.ts';
import type { CallContext, ChangeHandler, QueryHandler } from './handler-types.ts';
import type { CommandServices } from './services.ts';

/** An agent sees what it asked for itself; the creator sees everything. */
function asksAs({ principal }: CallContext): string | undefined {
  return principal.kind === 'owner' || principal.kind === 'system' ? undefined : principal.name;
}

/** As it stands now: `scheduled` once the work engine has acknowledged what was approved. */
function present(approval: Approval, { outbox }: Pick<CommandServices, 'outbox'>): Approval {
  const { result } = approval;
  if (result === null || !('status' in result) || outbox.hasPending(result.workflowId)) return approval;
  return { ...approval, result: { ...result, status: 'scheduled' } };
}

/** @throws AppError `input.not-found`, also for what another agent asked for */
export function findApproval(
  approvalId: string,
  { approvals }: Pick<CommandServices, 'approvals'>,
  context: CallContext,
): Approval {
  const approval = approvals.get(approvalId);
  const principal = asksAs(context);
  if (principal !== undefined && approval.principal !== principal) {
    throw recordNotFound('This request for approval', approvalId);
  }
  return approval;
}

export const listApprovals: QueryHandler<'list-approvals'> = {
  answer: (filter, services, context) => {
    const principal = asksAs(context);
    return {
      approvals: services.approvals.list({ ...filter, principal }).map((each) => present(each, services)),
      pendingCount: services.approvals.countPending(principal),
    };
  },
};

export const readApproval: QueryHandler<'read-approval'> = {
  answer: ({ approvalId }, services, context) => ({
    approval: present(findApproval(approvalId, services, context), services),
  }),
};

export const editApproval: ChangeHandler<'edit-approval'> = {
  prepare: ({ approvalId, input }, services, context) =>
    context.desk.prepareEdit(findApproval(approvalId, services, context), input, context),
};

export const decideApproval: ChangeHandler<'decide-approval'> = {
  prepare: (decision, _services, context) => context.desk.prepareDecision(decision, context),
};
