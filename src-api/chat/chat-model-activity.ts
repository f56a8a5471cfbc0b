import type { ChatModelRow } from '../../src-data/chat-models.ts';
import type { ActivityItem } from '../../src-shared/domain/activity.ts';

/** The download of a chat model as a line of the activity centre; none once it is long installed. */
export function chatModelPull(row: ChatModelRow, since: string): ActivityItem[] {
  const { name, workflowId, state, sizeBytes, downloadedBytes, remainingMs, error, updatedAt } = row;
  const base = {
    activityId: `chat-model:${name}`,
    kind: 'chat-model-pull',
    entityId: name,
    workflowId,
    title: name,
    progress: sizeBytes > 0 ? Math.min(1, downloadedBytes / sizeBytes) : null,
    remainingMs,
    updatedAt,
    error,
  } as const;
  switch (state) {
    case 'downloading':
      return [
        {
          ...base,
          state: 'running',
          detail: error === null ? 'Downloading' : 'Waits for the network. What arrived is kept',
          // It goes on by itself, so it has not failed.
          error: null,
          actions: ['cancel'],
        },
      ];
    case 'stopped':
      return [{ ...base, state: 'paused', detail: 'Stopped. What arrived is kept', actions: ['resume'] }];
    case 'failed':
      return [
        { ...base, state: 'failed', detail: error?.userMessage ?? 'The download failed', actions: ['retry'] },
      ];
    case 'installed':
      return updatedAt < since ? [] : [{ ...base, state: 'done', detail: 'Installed', actions: [] }];
  }
}
