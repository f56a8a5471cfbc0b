import { ApplicationFailure } from '@temporalio/activity';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createOutboxDispatcher } from '../../src-api/boundary/outbox-dispatcher.ts';
import {
  startChatModelPull,
  startDescribe,
  startIngest,
  startModelPull,
  startRendering,
} from '../../src-api/boundary/start-messages.ts';
import { createTemporalEngine } from '../../src-api/boundary/temporal-client.ts';
import { connect } from '../../src-data/database.ts';
import { migrate } from '../../src-data/migrate.ts';
import type { OutboxMessage } from '../../src-data/outbox.ts';
import { openDataFolder } from '../../src-node/data-folder.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { taskQueues, temporalNamespace as namespace } from '../../src-shared/domain/workflows.ts';
import { createQuickChatModelActivities } from '../../src-worker/activities/chat-model-activities.ts';
import type { WorkerDependencies } from '../../src-worker/activities/dependencies.ts';
import { createQuickIngestActivities } from '../../src-worker/activities/quick-ingest-activities.ts';
import { createQuickWantedActivities } from '../../src-worker/activities/quick-wanted-activities.ts';
import { createQuickRenderingActivities } from '../../src-worker/activities/rendering-activities.ts';
import { createQuickModelActivities } from '../../src-worker/activities/transfer-activities.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import { makeFolder } from '../fixtures/api-harness.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { bundleWorkflows, shareServer, until } from '../fixtures/worker-harness.ts';
import { createWorkerParts } from '../fixtures/worker-parts.ts';

const id = 'one';
const logger = createSilentLogger();

interface Work {
  name: string;
  start: OutboxMessage;
  /** As the command leaves it that asks for the work, the first time and again. */
  want: (parts: WorkerDependencies) => void;
  wantAgain: (parts: WorkerDependencies) => void;
  /** What a run that comes to nothing does last. */
  lastStep: string;
  stateOf: (parts: WorkerDependencies) => string | undefined;
  endState: string;
}

const wantRecording = ({ assets }: WorkerDependencies): void => {
  const rest = { storage: 'reference', isSample: false, sizeBytes: null, fileModifiedAt: null } as const;
  assets.create({ assetId: id, title: 'Talk', originalName: 'talk.mp4', path: '/talk.mp4', ...rest });
};
const wantRendering = ({ renderings }: WorkerDependencies): void =>
  renderings.ask({ renderingId: id, workflowId: id, assetId: id, accountId: id, clip: null });
const wantModel = ({ models }: WorkerDependencies): void =>
  models.beginDownload({
    ...{ modelId: id, name: 'One', languages: 'english', source: 'downloaded', sizeBytes: 10 },
  });
const wantChatModel = ({ chatModelRows }: WorkerDependencies): void => chatModelRows.beginDownload(id, 10);

const works: Work[] = [
  {
    name: 'an ingest',
    start: startIngest(id),
    want: wantRecording,
    wantAgain: ({ steps }) => steps.reopenIngest(id),
    lastStep: 'recordFailure',
    stateOf: ({ assets }) => assets.find(id)?.status,
    endState: 'failed',
  },
  {
    name: 'a description',
    start: startDescribe(id),
    want: (parts) => {
      wantRecording(parts);
      parts.assets.setStatus(id, 'review');
      parts.assets.setHasSpeech(id, true);
    },
    wantAgain: ({ steps }) =>
      steps.set(id, 'describe', { state: 'waiting', progress: null, note: null, error: null }),
    // There is no model for it.
    lastStep: 'planDescription',
    stateOf: ({ steps }) => steps.list(id).find(({ step }) => step === 'describe')?.state,
    endState: 'deferred',
  },
  {
    name: 'media made ready for an account',
    start: startRendering(id),
    want: (parts) => {
      wantRecording(parts);
      wantRendering(parts);
    },
    wantAgain: wantRendering,
    lastStep: 'recordRenderingFailure',
    stateOf: ({ renderings }) => renderings.find(id)?.state,
    endState: 'failed',
  },
  {
    name: 'the download of a speech model',
    start: startModelPull(id),
    want: wantModel,
    wantAgain: wantModel,
    lastStep: 'recordModelFailure',
    stateOf: ({ models }) => models.find(id)?.state,
    endState: 'failed',
  },
  {
    name: 'the download of a chat model',
    start: startChatModelPull(id),
    want: wantChatModel,
    wantAgain: wantChatModel,
    lastStep: 'recordChatModelFailure',
    stateOf: ({ chatModelRows }) => chatModelRows.find(id)?.state,
    endState: 'failed',
  },
];

const fail = (): Promise<never> => Promise.reject(ApplicationFailure.nonRetryable('it comes to nothing'));

let server: TemporalServer;
beforeAll(async () => {
  installTemporalRuntime(logger);
  server = await shareServer();
});
afterAll(() => server.stop());

describe.each(works)('$name whose run has written how it ended', (work) => {
  it('is done again where it is asked for before that run has ended', async () => {
    const { lastStep, start, stateOf, endState, want, wantAgain } = work;
    const dataFolder = openDataFolder(makeFolder());
    const database = connect(dataFolder.databaseFile);
    onTestFinished(() => database.close());
    migrate(database.sqlite);
    const parts = createWorkerParts({ database, dataFolder });
    const engine = createTemporalEngine({ address: server.address, namespace, logger });
    onTestFinished(() => engine.close());
    const dispatcher = createOutboxDispatcher({ outbox: parts.outbox, engine, logger });
    onTestFinished(() => dispatcher.close());
    const tell = async () => {
      parts.outbox.add(start);
      dispatcher.wake();
      await until(() => parts.outbox.count() === 0);
    };

    const connection = await NativeConnection.connect({ address: server.address });
    onTestFinished(() => connection.close());
    /** Runs until it is stopped. */
    const runWorker = async (options: Partial<Parameters<typeof Worker.create>[0]>) => {
      const worker = await Worker.create({ connection, namespace, taskQueue: taskQueues.agent, ...options });
      const run = worker.run();
      const stop = async () => {
        if (worker.getState() === 'RUNNING') worker.shutdown();
        await run;
      };
      onTestFinished(stop);
      return stop;
    };
    const readWorkflows = async () => runWorker(await bundleWorkflows());

    let endings = 0;
    let stopReading = await readWorkflows();
    const real: Record<string, (input: never) => Promise<unknown>> = {
      ...createQuickWantedActivities(parts),
      ...createQuickIngestActivities(parts),
      ...createQuickRenderingActivities(parts),
      ...createQuickModelActivities(parts),
      ...createQuickChatModelActivities(parts),
    };
    const activities = {
      ...real,
      ...{ downloadSpeechModel: fail, downloadChatModel: fail },
      // Nobody hears of the end of the first run before the work was asked for again.
      async [lastStep](input: never) {
        endings += 1;
        if (endings === 1) await stopReading();
        return real[lastStep]?.(input);
      },
    };
    await runWorker({ activities });
    await runWorker({
      taskQueue: taskQueues.media,
      activities: { registerAsset: fail, renderVariant: fail },
    });

    want(parts);
    await tell();
    await until(() => stateOf(parts) === endState);
    wantAgain(parts);
    expect(stateOf(parts)).not.toBe(endState);
    await tell();
    stopReading = await readWorkflows();
    await until(() => endings === 2 && stateOf(parts) === endState);
  });
});
