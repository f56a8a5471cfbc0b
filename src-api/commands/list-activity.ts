import type { AssetAtWork } from '../../src-data/activity-queries.ts';
import type { SpeechModelRow } from '../../src-data/speech-models.ts';
import type { ActivityItem } from '../../src-shared/domain/activity.ts';
import type { IngestStep, IngestStepName } from '../../src-shared/domain/asset.ts';
import type { WatchFolder } from '../../src-shared/domain/watch-folder.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { chatModelPull } from '../chat/chat-model-activity.ts';
import { renderingActivity } from '../posts/rendering-activity.ts';
import { postActivity } from '../posts/post-activity.ts';
import type { QueryHandler } from './handler-types.ts';

const recentlyMs = 24 * 3_600_000;

export const listActivity: QueryHandler<'list-activity'> = {
  answer({ limit }, services) {
    const { activity, models, chatModels, folders, outbox, now } = services;
    const since = new Date(now().getTime() - recentlyMs).toISOString();
    const isPending = (workflowId: string) => outbox.hasPending(workflowId);
    const items = [
      ...activity.listIngesting(limit).map((asset) => ingestInHand(asset, isPending)),
      ...postActivity(services, limit),
      ...renderingActivity(services, since, limit),
      ...activity.listDescribing(limit).map((asset) => describing(asset)),
      ...models.list().flatMap((model) => modelPull(model, since)),
      ...chatModels.list().flatMap((row) => chatModelPull(row, since)),
      ...folders.list().map(watching),
      ...activity.listEndedBadly(limit).map(endedBadly),
      ...activity.listEndedWell(since, limit).map(endedWell),
    ];
    return { items: items.slice(0, limit) };
  },
};

const stepSentences = {
  register: 'Reading the file',
  probe: 'Examining',
  preview: 'Making a preview and the waveform',
  transcribe: 'Transcribing',
  describe: 'Writing title and summary',
  queue: 'Putting it into the review queue',
} as const satisfies Record<IngestStepName, string>;

const waitingSentences = {
  register: 'Waits for its turn',
  probe: 'Waits for its turn',
  preview: 'Waits for its turn',
  transcribe: 'Waits for its turn to be transcribed',
  describe: 'Waits for the local model',
  queue: 'Nearly done',
} as const satisfies Record<IngestStepName, string>;

function ingestInHand(asset: AssetAtWork, isPending: (workflowId: string) => boolean): ActivityItem {
  const { row, steps } = asset;
  const running = steps.find((step) => step.state === 'running');
  const waiting = steps.find((step) => step.state === 'waiting');
  const base = ingestItem(asset);
  if (running !== undefined) {
    return { ...base, state: 'running', actions: ['cancel'], ...progressOf(running) };
  }
  const detail = isPending(row.workflowId)
    ? 'Recorded. Starts as soon as the work engine is ready'
    : waitingSentences[waiting?.step ?? 'queue'];
  return { ...base, state: 'waiting', detail, actions: ['cancel'] };
}

function endedBadly(asset: AssetAtWork): ActivityItem {
  const { row } = asset;
  const isCancelled = row.status === 'cancelled';
  return {
    ...ingestItem(asset),
    state: isCancelled ? 'cancelled' : 'failed',
    detail: isCancelled ? 'Cancelled. What was transcribed is kept' : (row.error?.userMessage ?? 'Failed'),
    error: row.error,
    actions: row.error?.retry === 'never' ? [] : ['retry'],
  };
}

function endedWell(asset: AssetAtWork): ActivityItem {
  return { ...ingestItem(asset), state: 'done', detail: 'Ready for review', progress: 1 };
}

function describing({ row, steps }: AssetAtWork): ActivityItem {
  const step = steps.find((candidate) => candidate.step === 'describe');
  const base: ActivityItem = {
    ...emptyItem(`describe:${row.assetId}`, 'describe', row.assetId, workflowIds.describeAsset(row.assetId)),
    title: row.title,
    updatedAt: step?.endedAt ?? step?.startedAt ?? row.updatedAt,
  };
  if (step?.state === 'running') {
    return { ...base, state: 'running', actions: ['cancel'], ...progressOf(step) };
  }
  if (step?.state === 'failed') {
    const detail = step.error?.userMessage ?? 'It could not be described';
    return { ...base, state: 'failed', detail, error: step.error, actions: ['retry'] };
  }
  return { ...base, state: 'waiting', detail: waitingSentences.describe, actions: ['cancel'] };
}

function modelPull(model: SpeechModelRow, since: string): ActivityItem[] {
  if (model.source === 'imported') return [];
  const base: ActivityItem = {
    ...emptyItem(`model:${model.modelId}`, 'model-pull', model.modelId, model.workflowId),
    title: model.name,
    progress: model.sizeBytes > 0 ? Math.min(1, model.downloadedBytes / model.sizeBytes) : null,
    remainingMs: model.remainingMs,
    updatedAt: model.updatedAt,
  };
  switch (model.state) {
    case 'downloading':
      return [{ ...base, state: 'running', detail: 'Downloading', actions: ['cancel'] }];
    case 'stopped':
      return [{ ...base, state: 'paused', detail: 'Stopped. What arrived is kept', actions: ['resume'] }];
    case 'failed': {
      const detail = model.error?.userMessage ?? 'The download failed';
      return [{ ...base, state: 'failed', detail, error: model.error, actions: ['retry'] }];
    }
    case 'installed':
      if (model.updatedAt < since) return [];
      return [{ ...base, state: 'done', detail: 'Installed', remainingMs: null }];
  }
}

function watching(folder: WatchFolder): ActivityItem {
  const { folderId, workflowId, path, state, error, importedCount, waitingCount, lastScanAt } = folder;
  const base: ActivityItem = {
    ...emptyItem(`watch:${folderId}`, 'watch-folder', folderId, workflowId),
    title: path,
    updatedAt: lastScanAt ?? folder.createdAt,
    error,
  };
  const counts = `${importedCount} imported${waitingCount === 0 ? '' : `, ${waitingCount} left alone for now`}`;
  if (state === 'paused') {
    return { ...base, state: 'paused', detail: `Paused. ${counts}`, actions: ['resume', 'cancel'] };
  }
  if (error !== null) {
    return { ...base, state: 'failed', detail: error.userMessage, actions: ['pause', 'cancel'] };
  }
  return { ...base, state: 'running', detail: `Watching. ${counts}`, actions: ['pause', 'cancel'] };
}

function ingestItem({ row }: AssetAtWork): ActivityItem {
  return {
    ...emptyItem(`ingest:${row.assetId}`, 'ingest', row.assetId, row.workflowId),
    title: row.title,
    updatedAt: row.updatedAt,
  };
}

function progressOf(
  step: IngestStep,
): Pick<ActivityItem, 'detail' | 'progress' | 'remainingMs' | 'updatedAt'> {
  return {
    detail: stepSentences[step.step],
    progress: step.progress,
    remainingMs: step.remainingMs,
    updatedAt: step.startedAt ?? new Date(0).toISOString(),
  };
}

function emptyItem(
  activityId: string,
  kind: ActivityItem['kind'],
  entityId: string,
  workflowId: string,
): ActivityItem {
  return {
    activityId,
    kind,
    entityId,
    workflowId,
    title: '',
    state: 'waiting',
    detail: '',
    progress: null,
    remainingMs: null,
    updatedAt: new Date(0).toISOString(),
    error: null,
    actions: [],
  };
}
