import type { RenderingRow } from '../../src-data/renderings.ts';
import type { RenderingState } from '../../src-shared/domain/rendering.ts';
import type { ActivityItem } from '../../src-shared/domain/activity.ts';
import type { CommandServices } from '../commands/services.ts';

/** Media that is made ready for an account, as lines of the activity centre. */
export function renderingActivity(
  { renderings, accounts, outbox }: Pick<CommandServices, 'renderings' | 'accounts' | 'outbox'>,
  since: string,
  limit: number,
): ActivityItem[] {
  return renderings.listForActivity(since, limit).map((row) => ({
    activityId: row.renderingId,
    kind: 'render',
    entityId: row.assetId,
    workflowId: row.workflowId,
    title: row.title,
    state: row.state,
    detail: outbox.hasPending(row.workflowId)
      ? 'Recorded. Starts as soon as the work engine is ready'
      : describe(row, accounts.findEver(row.accountId)?.name ?? 'an account'),
    progress: row.progress,
    remainingMs: row.remainingMs,
    updatedAt: row.updatedAt,
    error: row.error,
    actions: actionsFor(row),
  }));
}

function actionsFor({ state, error }: RenderingRow): ActivityItem['actions'] {
  if (state === 'waiting' || state === 'running') return ['cancel'];
  const canRetry = state === 'cancelled' || (state === 'failed' && error?.retry !== 'never');
  return canRetry ? ['retry'] : [];
}

const words = {
  waiting: 'Waits for its turn to be made ready for',
  running: 'Is being made ready for',
  done: 'Is ready for',
  failed: 'Could not be made ready for',
  cancelled: 'Is not made ready for',
} as const satisfies Record<RenderingState, string>;

function describe({ state, error }: RenderingRow, accountName: string): string {
  return error?.userMessage ?? `${words[state]} ${accountName}`;
}
