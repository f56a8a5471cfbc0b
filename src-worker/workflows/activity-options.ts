import {
  ActivityCancellationType,
  type ActivityOptions,
  type LocalActivityOptions,
} from '@temporalio/workflow';
import { taskQueues } from '../../src-shared/domain/workflows.ts';

/**
 * Temporal itself only repeats attempts that were lost: the worker was killed, or ended for a restart. Whatever an
 * activity throws is final for Temporal (see `translate-error.ts`), and the workflow decides about another try (see
 * `with-retries.ts`). So a laptop closed twenty times does not use up the tries meant for real failures, and still
 * work that kills the worker every time comes to an end.
 */
const repeatLostAttempts = {
  initialInterval: '200ms',
  backoffCoefficient: 1.5,
  maximumInterval: '3s',
  maximumAttempts: 50,
} as const;

/** Reads and writes of the database, and a call of the local door. */
export const quickOptions: ActivityOptions = {
  taskQueue: taskQueues.agent,
  startToCloseTimeout: '15s',
  retry: repeatLostAttempts,
};

/**
 * For everything that runs long. A worker that was killed is noticed by the missing heartbeats, or sooner by the next
 * worker (`release-orphans.ts`). The workflow waits until the processes behind a cancelled activity have ended.
 */
const longOptions = {
  heartbeatTimeout: '8s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: repeatLostAttempts,
} as const;

export const mediaOptions: ActivityOptions = {
  ...longOptions,
  taskQueue: taskQueues.media,
  startToCloseTimeout: '24h',
};

export const transcriptionOptions: ActivityOptions = {
  ...longOptions,
  taskQueue: taskQueues.transcription,
  startToCloseTimeout: '7 days',
};

export const modelOptions: ActivityOptions = {
  ...longOptions,
  taskQueue: taskQueues.model,
  startToCloseTimeout: '12h',
};

export const transferOptions: ActivityOptions = {
  ...longOptions,
  taskQueue: taskQueues.agent,
  startToCloseTimeout: '7 days',
};

/** Reads and writes of the database about posts. */
export const planOptions: LocalActivityOptions = { startToCloseTimeout: '30s', retry: repeatLostAttempts };

/** Uploads and sends. Whether an attempt that was lost has sent something, the next one finds out in the database. */
export const publishOptions: ActivityOptions = {
  ...longOptions,
  taskQueue: taskQueues.publishing,
  startToCloseTimeout: '6h',
};

/** Waits for hours with rare heartbeats, so that an idle computer stays idle. Restarts are its daily life: no limit. */
export const watchOptions: ActivityOptions = {
  taskQueue: taskQueues.agent,
  startToCloseTimeout: '24h',
  heartbeatTimeout: '60s',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '200ms', backoffCoefficient: 1.5, maximumInterval: '3s' },
};
