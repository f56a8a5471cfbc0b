import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import { workflowSignals, workflowUpdates, type WorkflowType } from '../../src-shared/domain/workflows.ts';
import type {
  ChatModelActivities,
  MediaActivities,
  ModelActivities,
  QuickApprovalActivities,
  QuickChatModelActivities,
  QuickIngestActivities,
  QuickModelActivities,
  QuickRenderingActivities,
  QuickWatchActivities,
  RenderingActivities,
  TransferActivities,
  TranscriptionActivities,
  WatchActivities,
  WatchOutcome,
  PostPlan,
  PublishingActivities,
} from '../../src-worker/workflows/activity-contracts.ts';

export type AllActivities = ChatModelActivities &
  MediaActivities &
  ModelActivities &
  PublishingActivities &
  QuickChatModelActivities &
  QuickIngestActivities &
  QuickApprovalActivities &
  QuickModelActivities &
  QuickRenderingActivities &
  RenderingActivities &
  QuickWatchActivities &
  TransferActivities &
  TranscriptionActivities &
  WatchActivities;

/** A course that a workflow can take; its recorded history must replay for as long as such a workflow may be open. */
export interface Scenario {
  workflowType: WorkflowType;
  input: object;
  activities: Partial<AllActivities>;
  /** What is done to it from outside. */
  drive?: (handle: WorkflowHandle) => Promise<void>;
}

const done = (): Promise<void> => Promise.resolve();

/** Everything goes well. */
export const smoothActivities: AllActivities = {
  planPost: () => Promise.resolve({ work: [], waitMs: null, isOver: true }),
  prepareTarget: done,
  publishTarget: done,
  measureTarget: done,
  deleteTarget: done,
  registerAsset: () => Promise.resolve('registered'),
  probeAsset: () => Promise.resolve({ kind: 'audio', noSoundNote: null }),
  previewAsset: done,
  transcribeAsset: done,
  skipStep: done,
  planDescription: () => Promise.resolve('with-model'),
  describeFromMetadata: done,
  describeWithModel: done,
  queueForReview: done,
  recordFailure: done,
  recordCancellation: done,
  awaitNewFiles: () => Promise.resolve({ state: 'nothing-new' }),
  importFile: done,
  recordFolderProblem: done,
  downloadSpeechModel: done,
  recordModelInstalled: done,
  recordModelStopped: done,
  recordModelFailure: done,
  expireApproval: () => Promise.resolve({ state: 'expired' }),
  renderVariant: done,
  recordRenderingFailure: done,
  recordRenderingCancelled: done,
  downloadChatModel: done,
  recordChatModelInstalled: done,
  recordChatModelStopped: done,
  recordChatModelFailure: done,
};

export function failWith(error: AppErrorDto): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.code,
    message: error.code,
    nonRetryable: true,
    details: [error],
  });
}

/** Fails so often and then goes well. */
export function failing(times: number, error: AppErrorDto): () => Promise<void> {
  let failures = 0;
  return () => {
    failures += 1;
    return failures > times ? Promise.resolve() : Promise.reject(failWith(error));
  };
}

/** Answers one thing after the other; the last one for ever. */
export function answering(...outcomes: WatchOutcome[]): () => Promise<WatchOutcome> {
  return () => {
    const next = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
    return next === undefined ? Promise.reject(new Error('no outcome')) : Promise.resolve(next);
  };
}

/** Works until it is cancelled. */
export async function working(): Promise<never> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), 50);
  return context.cancelled.finally(() => clearInterval(timer));
}

const crashed: AppErrorDto = {
  code: 'dependency.transcriber-crashed',
  userMessage: 'It stopped.',
  retry: 'auto',
};
const refused: AppErrorDto = { code: 'media.unsupported', userMessage: 'Not this one.', retry: 'user' };
const offline: AppErrorDto = {
  code: 'dependency.download-failed',
  userMessage: 'No network.',
  retry: 'auto',
};

const fileOf = (name: string) => ({
  path: `/recordings/${name}`,
  sizeBytes: 9,
  modifiedAt: '2026-01-01T00:00:00.000Z',
});
const assetId = '7c1f8a3e-8f0e-4a53-9f64-5c3a1c0f7a11';
const postId = '5b0f6f0e-6a0e-4b1e-8a53-0b7c1f3f6a10';
const targetId = 'c2a0a7be-95a4-4f0b-9d38-1f7f0f8ff001';

/** Plans one after the other; then nothing is left to do. */
export function planning(...plans: Partial<PostPlan>[]): () => Promise<PostPlan> {
  return () => Promise.resolve({ work: [], waitMs: null, isOver: plans.length === 0, ...plans.shift() });
}

const approvalId = 'b1a54b0c-26d1-4c8e-9f0f-6a4f0c9d3e21';
const folderId = '0b8ad3e0-5cf5-47a2-bb0b-0c1c6c3c9d22';

/** Waits until the workflow has got to a certain activity. */
async function untilScheduled(handle: WorkflowHandle, activityType: string): Promise<void> {
  for (;;) {
    const { raw } = await handle.describe();
    if (raw.pendingActivities?.some((pending) => pending.activityType?.name === activityType)) return;
  }
}

async function untilIdle(handle: WorkflowHandle): Promise<void> {
  for (;;) {
    const { raw } = await handle.describe();
    if ((raw.pendingActivities?.length ?? 0) === 0) return;
  }
}

export const scenarios: Record<string, Scenario> = {
  'post-published': {
    workflowType: 'schedulePost',
    input: { postId },
    activities: {
      planPost: planning(
        { waitMs: 3 * 24 * 3_600_000 },
        { work: [{ targetId, step: 'prepare' }] },
        { waitMs: 600_000 },
        { work: [{ targetId, step: 'publish' }] },
        { waitMs: 3_600_000 },
        { work: [{ targetId, step: 'measure' }] },
      ),
    },
  },
  'post-deleted': {
    workflowType: 'schedulePost',
    input: { postId },
    activities: {
      planPost: planning(
        { work: [{ targetId, step: 'publish' }] },
        { waitMs: 3_600_000 },
        { work: [{ targetId, step: 'delete' }], waitMs: 1_000 },
        { work: [{ targetId, step: 'delete' }] },
      ),
      deleteTarget: failing(1, { code: 'storage.disk-full', userMessage: 'Full.', retry: 'user' }),
    },
  },
  'post-step-lost': {
    workflowType: 'schedulePost',
    input: { postId },
    activities: {
      planPost: planning(
        { work: [{ targetId, step: 'publish' }] },
        { work: [{ targetId, step: 'publish' }], waitMs: 1_000 },
      ),
      publishTarget: failing(1, { code: 'storage.disk-full', userMessage: 'Full.', retry: 'user' }),
    },
  },
  'post-changed': {
    workflowType: 'schedulePost',
    input: { postId },
    activities: { planPost: planning({ waitMs: 24 * 3_600_000 }, { waitMs: 1_000 }) },
    async drive(handle) {
      await handle.executeUpdate(workflowUpdates.postChanged, { args: [null] });
    },
  },
  'wake-up': { workflowType: 'wakeUp', input: { at: '2026-11-25T10:00:00.000Z' }, activities: {} },
  'ingest-speech': { workflowType: 'ingestAsset', input: { assetId }, activities: {} },
  'ingest-duplicate': {
    workflowType: 'ingestAsset',
    input: { assetId },
    activities: { registerAsset: () => Promise.resolve('duplicate') },
  },
  'ingest-picture': {
    workflowType: 'ingestAsset',
    input: { assetId },
    activities: {
      probeAsset: () => Promise.resolve({ kind: 'image', noSoundNote: 'A picture.' }),
      planDescription: () => Promise.resolve('from-metadata'),
    },
  },
  'ingest-deferred': {
    workflowType: 'ingestAsset',
    input: { assetId },
    activities: { planDescription: () => Promise.resolve('deferred') },
  },
  'ingest-refused': {
    workflowType: 'ingestAsset',
    input: { assetId },
    activities: { probeAsset: () => Promise.reject(failWith(refused)) },
  },
  'ingest-crashes': {
    workflowType: 'ingestAsset',
    input: { assetId },
    activities: { transcribeAsset: failing(2, crashed), describeWithModel: failing(9, refused) },
  },
  'ingest-cancelled': {
    workflowType: 'ingestAsset',
    input: { assetId },
    activities: { transcribeAsset: working },
    async drive(handle) {
      await untilScheduled(handle, 'transcribeAsset');
      await handle.cancel();
    },
  },
  'describe-with-model': { workflowType: 'describeAsset', input: { assetId }, activities: {} },
  'describe-failed': {
    workflowType: 'describeAsset',
    input: { assetId },
    activities: { describeWithModel: failing(9, refused) },
  },
  'describe-cancelled': {
    workflowType: 'describeAsset',
    input: { assetId },
    activities: { describeWithModel: working },
    async drive(handle) {
      await untilScheduled(handle, 'describeWithModel');
      await handle.cancel();
    },
  },
  'watch-imports': {
    workflowType: 'watchFolder',
    input: { folderId, isPaused: false },
    activities: {
      awaitNewFiles: answering(
        { state: 'found', files: [fileOf('a.wav'), fileOf('b.wav')] },
        { state: 'nothing-new' },
        { state: 'removed' },
      ),
      importFile: failing(1, { code: 'dependency.api-unavailable', userMessage: 'Starting.', retry: 'auto' }),
    },
  },
  'watch-paused': {
    workflowType: 'watchFolder',
    input: { folderId, isPaused: true },
    activities: { awaitNewFiles: answering({ state: 'removed' }) },
    drive: (handle) => handle.signal(workflowSignals.resume),
  },
  'watch-pauses': {
    workflowType: 'watchFolder',
    input: { folderId, isPaused: false },
    activities: { awaitNewFiles: working },
    async drive(handle) {
      await untilScheduled(handle, 'awaitNewFiles');
      await handle.signal(workflowSignals.pause);
      await untilIdle(handle);
      await handle.signal(workflowSignals.resume);
      await untilScheduled(handle, 'awaitNewFiles');
      await handle.cancel();
    },
  },
  'watch-continues': {
    workflowType: 'watchFolder',
    input: { folderId, isPaused: false, roundLimit: 2 },
    activities: {
      awaitNewFiles: answering({ state: 'nothing-new' }, { state: 'nothing-new' }, { state: 'removed' }),
    },
  },
  'approval-expires': {
    workflowType: 'approvalExpiry',
    input: { approvalId, expiresAt: '2000-01-01T00:00:00.000Z' },
    activities: {
      // The clock was set back meanwhile, once.
      expireApproval: (() => {
        let calls = 0;
        return () => {
          calls += 1;
          return Promise.resolve(
            calls === 1 ? { state: 'waiting', remainingMs: 1_000 } : { state: 'expired' },
          );
        };
      })(),
    },
  },
  'approval-decided': {
    workflowType: 'approvalExpiry',
    input: { approvalId, expiresAt: '2100-01-01T00:00:00.000Z' },
    activities: {},
    drive: (handle) => handle.signal(workflowSignals.decided),
  },
  'pull-installed': {
    workflowType: 'pullSpeechModel',
    input: { modelId: 'small' },
    activities: { downloadSpeechModel: failing(2, offline) },
  },
  'pull-failed': {
    workflowType: 'pullSpeechModel',
    input: { modelId: 'small' },
    activities: { downloadSpeechModel: failing(9, refused) },
  },
  'pull-stopped': {
    workflowType: 'pullSpeechModel',
    input: { modelId: 'small' },
    activities: { downloadSpeechModel: working },
    async drive(handle) {
      await untilScheduled(handle, 'downloadSpeechModel');
      await handle.cancel();
    },
  },
  'pull-chat-installed': {
    workflowType: 'pullChatModel',
    input: { name: 'small:1b' },
    activities: { downloadChatModel: failing(2, offline) },
  },
  'pull-chat-failed': {
    workflowType: 'pullChatModel',
    input: { name: 'small:1b' },
    activities: { downloadChatModel: failing(9, refused) },
  },
  'pull-chat-stopped': {
    workflowType: 'pullChatModel',
    input: { name: 'small:1b' },
    activities: { downloadChatModel: working },
    async drive(handle) {
      await untilScheduled(handle, 'downloadChatModel');
      await handle.cancel();
    },
  },
  'render-done': {
    workflowType: 'renderVariant',
    input: { renderingId: 'r1' },
    activities: { renderVariant: failing(1, offline) },
  },
  'render-failed': {
    workflowType: 'renderVariant',
    input: { renderingId: 'r1' },
    activities: { renderVariant: failing(9, refused) },
  },
  'render-cancelled': {
    workflowType: 'renderVariant',
    input: { renderingId: 'r1' },
    activities: { renderVariant: working },
    async drive(handle) {
      await untilScheduled(handle, 'renderVariant');
      await handle.cancel();
    },
  },
};
