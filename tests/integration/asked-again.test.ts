import { ApplicationFailure } from '@temporalio/activity';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createOutboxDispatcher } from '../../src-api/boundary/outbox-dispatcher.ts';
import { createTemporalEngine } from '../../src-api/boundary/temporal-client.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import {
  repeatableWork,
  taskQueues,
  temporalNamespace as namespace,
  type RepeatableWork,
} from '../../src-shared/domain/workflows.ts';
import { createQuickChatModelActivities } from '../../src-worker/activities/chat-model-activities.ts';
import { createQuickIngestActivities } from '../../src-worker/activities/quick-ingest-activities.ts';
import { createQuickWantedActivities } from '../../src-worker/activities/quick-wanted-activities.ts';
import { createQuickRenderingActivities } from '../../src-worker/activities/rendering-activities.ts';
import { createQuickModelActivities } from '../../src-worker/activities/transfer-activities.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import { openWorkerParts, repeatableWorkFacts } from '../fixtures/repeatable-work.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { bundleWorkflows, shareServer, until } from '../fixtures/worker-harness.ts';

const logger = createSilentLogger();

/** What a run that comes to nothing does last, and what it leaves. */
const endings: Record<RepeatableWork, { lastStep: string; endState: string }> = {
  ingestAsset: { lastStep: 'recordFailure', endState: 'failed' },
  // There is no model for it.
  describeAsset: { lastStep: 'planDescription', endState: 'deferred' },
  renderVariant: { lastStep: 'recordRenderingFailure', endState: 'failed' },
  pullSpeechModel: { lastStep: 'recordModelFailure', endState: 'failed' },
  pullChatModel: { lastStep: 'recordChatModelFailure', endState: 'failed' },
};

const works = repeatableWork.map((type) => ({ ...repeatableWorkFacts[type], ...endings[type] }));

const fail = (): Promise<never> => Promise.reject(ApplicationFailure.nonRetryable('it comes to nothing'));

let server: TemporalServer;
beforeAll(async () => {
  installTemporalRuntime(logger);
  server = await shareServer();
});
afterAll(() => server.stop());

describe.each(works)('$name whose run has written how it ended', (work) => {
  it('is done again where it is asked for before that run has ended', async () => {
    const { lastStep, start, stateOf, wantedState, endState, want, wantAgain } = work;
    const parts = openWorkerParts();
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
    expect(stateOf(parts)).toBe(wantedState);
    await tell();
    stopReading = await readWorkflows();
    await until(() => endings === 2 && stateOf(parts) === endState);
  });
});
