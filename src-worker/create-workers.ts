import {
  Worker,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { taskQueues } from '../src-shared/domain/workflows.ts';
import {
  createChatModelActivities,
  createQuickChatModelActivities,
} from './activities/chat-model-activities.ts';
import type { WorkerDependencies } from './activities/dependencies.ts';
import { createMediaActivities } from './activities/media-activities.ts';
import { createModelActivities } from './activities/model-activities.ts';
import { createQuickApprovalActivities } from './activities/quick-approval-activities.ts';
import { createQuickIngestActivities } from './activities/quick-ingest-activities.ts';
import { createQuickWantedActivities } from './activities/quick-wanted-activities.ts';
import { createQuickWatchActivities } from './activities/quick-watch-activities.ts';
import { createPublishingActivities } from './activities/publishing-activities.ts';
import {
  createQuickRenderingActivities,
  createRenderingActivities,
} from './activities/rendering-activities.ts';
import { heartbeatEveryMs } from './activities/work-in-hand.ts';
import { createTranscriptionActivities } from './activities/transcription-activities.ts';
import { createQuickModelActivities, createTransferActivities } from './activities/transfer-activities.ts';
import { createWatchActivities } from './activities/watch-activities.ts';

/** Where the workflows are: a bundle built ahead, or their source, which is bundled at the start (a second or two). */
export type WorkflowSource = { workflowBundle: WorkflowBundleOption } | { workflowsPath: string };

export interface CreateWorkersOptions {
  connection: NativeConnection;
  namespace: string;
  /** Stands in Temporal's records as who took a task; see `release-orphans.ts`. */
  identity: string;
  workflows: WorkflowSource;
  dependencies: WorkerDependencies;
}

/** How many activities of a queue run at once in this process. */
const concurrency = {
  /** Waiting for files and short writes: they hold no processor. */
  agent: 200,
  /** ffmpeg steps. */
  media: 2,
  /** It uses every core by itself. The ones that wait stay `waiting`, in Temporal's queue. */
  transcription: 1,
  model: 1,
  /** Waiting for platforms. */
  publishing: 40,
} as const;

/**
 * Open polls of each queue. A poll ends after a minute, so that ten of each, as is the default, would wake the computer
 * more than once a second while nothing happens; one that found something is followed by the next at once.
 */
const pollsOf = {
  busy: { maxConcurrentWorkflowTaskPolls: 2, maxConcurrentActivityTaskPolls: 2 },
  calm: { maxConcurrentWorkflowTaskPolls: 2, maxConcurrentActivityTaskPolls: 1 },
  lone: { maxConcurrentActivityTaskPolls: 1 },
} as const;

/** The others are read again when they go on: they are short, and what is kept is gone through by every collection of garbage. */
const cachedWorkflows = 50;

/** One Temporal worker per task queue, so that long work on one never delays another. Not running yet. */
export async function createWorkers(options: CreateWorkersOptions): Promise<Worker[]> {
  const { connection, namespace, identity, workflows, dependencies } = options;
  const common = {
    connection,
    namespace,
    identity,
    // What is in hand is left where it is: saved work stays, the rest is begun again after the restart.
    shutdownGraceTime: '100ms',
    shutdownForceTime: '2s',
    // A cancellation comes with the answer to a heartbeat, so this decides how soon one is heard of.
    maxHeartbeatThrottleInterval: heartbeatEveryMs,
    defaultHeartbeatThrottleInterval: heartbeatEveryMs,
  } satisfies Partial<WorkerOptions>;
  return Promise.all([
    Worker.create({
      ...common,
      taskQueue: taskQueues.agent,
      ...workflows,
      ...pollsOf.calm,
      maxConcurrentActivityTaskExecutions: concurrency.agent,
      maxCachedWorkflows: cachedWorkflows,
      activities: {
        ...createQuickIngestActivities(dependencies),
        ...createQuickApprovalActivities(dependencies),
        ...createQuickWantedActivities(dependencies),
        ...createQuickWatchActivities(dependencies),
        ...createQuickModelActivities(dependencies),
        ...createQuickRenderingActivities(dependencies),
        ...createWatchActivities(dependencies),
        ...createTransferActivities(dependencies),
        ...createChatModelActivities(dependencies),
        ...createQuickChatModelActivities(dependencies),
      },
    }),
    Worker.create({
      ...common,
      taskQueue: taskQueues.publishing,
      ...workflows,
      ...pollsOf.busy,
      maxConcurrentActivityTaskExecutions: concurrency.publishing,
      maxCachedWorkflows: cachedWorkflows,
      activities: createPublishingActivities(dependencies),
    }),
    Worker.create({
      ...common,
      taskQueue: taskQueues.media,
      ...pollsOf.lone,
      maxConcurrentActivityTaskExecutions: concurrency.media,
      activities: { ...createMediaActivities(dependencies), ...createRenderingActivities(dependencies) },
    }),
    Worker.create({
      ...common,
      taskQueue: taskQueues.transcription,
      ...pollsOf.lone,
      maxConcurrentActivityTaskExecutions: concurrency.transcription,
      activities: createTranscriptionActivities(dependencies),
    }),
    Worker.create({
      ...common,
      taskQueue: taskQueues.model,
      ...pollsOf.lone,
      maxConcurrentActivityTaskExecutions: concurrency.model,
      activities: createModelActivities(dependencies),
    }),
  ]);
}
