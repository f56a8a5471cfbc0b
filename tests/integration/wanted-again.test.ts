import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src-data/database.ts';
import { migrate } from '../../src-data/migrate.ts';
import type { OutboxMessage } from '../../src-data/outbox.ts';
import {
  cancelWorkflow,
  startChatModelPull,
  startDescribe,
  startIngest,
  startModelPull,
  startRendering,
} from '../../src-api/boundary/start-messages.ts';
import { openDataFolder } from '../../src-node/data-folder.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { createQuickChatModelActivities } from '../../src-worker/activities/chat-model-activities.ts';
import type { WorkerDependencies } from '../../src-worker/activities/dependencies.ts';
import { createQuickIngestActivities } from '../../src-worker/activities/quick-ingest-activities.ts';
import { createQuickRenderingActivities } from '../../src-worker/activities/rendering-activities.ts';
import { createQuickModelActivities } from '../../src-worker/activities/transfer-activities.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import { makeFolder } from '../fixtures/api-harness.ts';
import { createWorkerParts } from '../fixtures/worker-parts.ts';

beforeAll(() => installTemporalRuntime(createSilentLogger()));

const id = 'one';

interface Work {
  name: string;
  start: OutboxMessage;
  /** As the command leaves it that asks for the work. */
  want: (parts: WorkerDependencies) => void;
  /** The last thing that a cancelled run does. */
  end: (parts: WorkerDependencies) => Promise<void>;
  stateOf: (parts: WorkerDependencies) => string | undefined;
  states: { wanted: string; cancelled: string };
}

const wantRecording = ({ assets }: WorkerDependencies): void => {
  const rest = { storage: 'reference', isSample: false, sizeBytes: null, fileModifiedAt: null } as const;
  assets.create({ assetId: id, title: 'Talk', originalName: 'talk.mp4', path: '/talk.mp4', ...rest });
};

const works: Work[] = [
  {
    name: 'an ingest',
    start: startIngest(id),
    want: wantRecording,
    end: (parts) => createQuickIngestActivities(parts).recordCancellation({ assetId: id, endsIngest: true }),
    stateOf: ({ assets }) => assets.find(id)?.status,
    states: { wanted: 'ingesting', cancelled: 'cancelled' },
  },
  {
    name: 'a description',
    start: startDescribe(id),
    want: wantRecording,
    end: (parts) => createQuickIngestActivities(parts).recordCancellation({ assetId: id, endsIngest: false }),
    stateOf: ({ steps }) => steps.list(id).find(({ step }) => step === 'describe')?.state,
    states: { wanted: 'waiting', cancelled: 'cancelled' },
  },
  {
    name: 'media made ready for an account',
    start: startRendering(id),
    want(parts) {
      wantRecording(parts);
      parts.renderings.ask({ renderingId: id, workflowId: id, assetId: id, accountId: id, clip: null });
    },
    end: (parts) => createQuickRenderingActivities(parts).recordRenderingCancelled({ renderingId: id }),
    stateOf: ({ renderings }) => renderings.find(id)?.state,
    states: { wanted: 'waiting', cancelled: 'cancelled' },
  },
  {
    name: 'the download of a speech model',
    start: startModelPull(id),
    want: ({ models }) =>
      models.beginDownload({
        ...{ modelId: id, name: 'One', languages: 'english', source: 'downloaded', sizeBytes: 10 },
      }),
    end: (parts) => createQuickModelActivities(parts).recordModelStopped({ modelId: id }),
    stateOf: ({ models }) => models.find(id)?.state,
    states: { wanted: 'downloading', cancelled: 'stopped' },
  },
  {
    name: 'the download of a chat model',
    start: startChatModelPull(id),
    want: ({ chatModelRows }) => chatModelRows.beginDownload(id, 10),
    end: (parts) => createQuickChatModelActivities(parts).recordChatModelStopped({ name: id }),
    stateOf: ({ chatModelRows }) => chatModelRows.find(id)?.state,
    states: { wanted: 'downloading', cancelled: 'stopped' },
  },
];

/** The work is wanted while a cancelled run of it ends; these messages have not reached the work engine yet. */
async function endRun({ start, want, end, stateOf }: Work, pending: OutboxMessage[]) {
  const dataFolder = openDataFolder(makeFolder());
  const database = connect(dataFolder.databaseFile);
  onTestFinished(() => database.close());
  migrate(database.sqlite);
  const parts = createWorkerParts({ database, dataFolder });
  want(parts);
  for (const message of pending) parts.outbox.add(message);
  const { workflowId } = start;
  const activity = new MockActivityEnvironment({ workflowExecution: { workflowId, runId: 'cancelled' } });
  await activity.run(() => end(parts));
  return stateOf(parts);
}

describe.each(works)('$name whose run was cancelled', (work) => {
  const { start, states } = work;

  it('stays wanted where it was asked for again before that run has ended', async () => {
    expect(await endRun(work, [cancelWorkflow(start.workflowId), start])).toBe(states.wanted);
  });

  it('is cancelled where nobody asked for it again', async () => {
    expect(await endRun(work, [cancelWorkflow(start.workflowId), startIngest('another')])).toBe(
      states.cancelled,
    );
  });
});
