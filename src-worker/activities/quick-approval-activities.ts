import { createAuditRepository } from '../../src-data/audit.ts';
import { createApprovalRepository } from '../../src-data/approvals.ts';
import type { QuickApprovalActivities } from '../workflows/activity-contracts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { runActivity } from './run-activity.ts';

/** What time does with a request for approval. */
export function createQuickApprovalActivities(dependencies: WorkerDependencies): QuickApprovalActivities {
  const { database, notices, logger } = dependencies;
  const approvals = createApprovalRepository(database);
  const audit = createAuditRepository(database);

  return {
    expireApproval: ({ approvalId }) =>
      runActivity(logger, { heartbeatEveryMs: null }, () =>
        database.transaction(() => {
          const approval = approvals.find(approvalId);
          if (approval?.state === 'pending') {
            return { state: 'waiting', remainingMs: Date.parse(approval.expiresAt) - Date.now() };
          }
          if (!approvals.end(approvalId, { state: 'expired', decidedBy: null })) return { state: 'decided' };
          audit.append({
            principal: 'system',
            door: 'internal',
            command: 'decide-approval',
            entityId: approvalId,
            approvalId,
            inputHash: approval?.contentHash ?? '',
            outcome: 'expired',
          });
          notices.add({
            // Repeated after a kill, it is told once.
            noticeId: approvalId,
            kind: 'approval-expired',
            title: 'A request expired without your approval',
            body: `${approval?.principalLabel ?? 'An agent'}: ${approval?.preview.title ?? ''}. Nothing was done.`,
            target: { screen: 'approvals' },
          });
          return { state: 'expired' };
        }),
      ),
  };
}
