import { randomUUID } from 'node:crypto';
import type { OutboxMessage } from '../../src-data/outbox.ts';
import {
  taskQueues,
  workflowIds,
  workflowSignals,
  workflowUpdates,
} from '../../src-shared/domain/workflows.ts';

/** What the work engine is told, made in one place so that a thing always has the same id. */
export const startIngest = (assetId: string): OutboxMessage => ({
  operation: 'start',
  workflowId: workflowIds.ingestAsset(assetId),
  workflowType: 'ingestAsset',
  taskQueue: taskQueues.agent,
  input: { assetId },
});

export const startDescribe = (assetId: string): OutboxMessage => ({
  operation: 'start',
  workflowId: workflowIds.describeAsset(assetId),
  workflowType: 'describeAsset',
  taskQueue: taskQueues.agent,
  input: { assetId },
});

export const startWatching = (folderId: string, isPaused: boolean): OutboxMessage => ({
  operation: 'start',
  workflowId: workflowIds.watchFolder(folderId),
  workflowType: 'watchFolder',
  taskQueue: taskQueues.agent,
  input: { folderId, isPaused },
});

export const startModelPull = (modelId: string): OutboxMessage => ({
  operation: 'start',
  workflowId: workflowIds.pullSpeechModel(modelId),
  workflowType: 'pullSpeechModel',
  taskQueue: taskQueues.agent,
  input: { modelId },
});

export const startChatModelPull = (name: string): OutboxMessage => ({
  operation: 'start',
  workflowId: workflowIds.pullChatModel(name),
  workflowType: 'pullChatModel',
  taskQueue: taskQueues.agent,
  input: { name },
});

export const startRendering = (renderingId: string): OutboxMessage => ({
  operation: 'start',
  workflowId: workflowIds.renderVariant(renderingId),
  workflowType: 'renderVariant',
  taskQueue: taskQueues.agent,
  input: { renderingId },
});

export const startApprovalExpiry = (approvalId: string, expiresAt: string): OutboxMessage => ({
  operation: 'start',
  workflowId: workflowIds.approvalExpiry(approvalId),
  workflowType: 'approvalExpiry',
  taskQueue: taskQueues.agent,
  input: { approvalId, expiresAt },
});

/** Nothing is left to wait for. */
export const approvalDecided = (approvalId: string): OutboxMessage => ({
  operation: 'signal',
  workflowId: workflowIds.approvalExpiry(approvalId),
  signalName: workflowSignals.decided,
});

export const startPost = (postId: string): OutboxMessage => ({
  operation: 'start',
  workflowId: workflowIds.schedulePost(postId),
  workflowType: 'schedulePost',
  taskQueue: taskQueues.publishing,
  input: { postId },
});

/** A waiting workflow reads its post again. */
export const postChanged = (postId: string): OutboxMessage => ({
  operation: 'update',
  workflowId: workflowIds.schedulePost(postId),
  updateName: workflowUpdates.postChanged,
  updateId: randomUUID(),
  input: null,
});

/** Posts that go on with what is new. The start makes sure that there is someone to hear of it. */
export const wakePosts = (postIds: readonly string[]): OutboxMessage[] =>
  postIds.flatMap((postId) => [postChanged(postId), startPost(postId)]);

/** Makes the work engine look at the clock. */
export const startWakeUp = (at: string): OutboxMessage => ({
  operation: 'start',
  workflowId: workflowIds.wakeUp(at),
  workflowType: 'wakeUp',
  taskQueue: taskQueues.publishing,
  input: { at },
});

export const pauseWorkflow = (workflowId: string): OutboxMessage => ({
  operation: 'signal',
  workflowId,
  signalName: workflowSignals.pause,
});

export const resumeWorkflow = (workflowId: string): OutboxMessage => ({
  operation: 'signal',
  workflowId,
  signalName: workflowSignals.resume,
});

export const cancelWorkflow = (workflowId: string): OutboxMessage => ({ operation: 'cancel', workflowId });
