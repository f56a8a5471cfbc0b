import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelWorkflow, startWakeUp } from '../../src-api/boundary/start-messages.ts';
import type { OutboxMessage } from '../../src-data/outbox.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { repeatableWork, type RepeatableWork } from '../../src-shared/domain/workflows.ts';
import { createQuickChatModelActivities } from '../../src-worker/activities/chat-model-activities.ts';
import type { WorkerDependencies } from '../../src-worker/activities/dependencies.ts';
import { createQuickIngestActivities } from '../../src-worker/activities/quick-ingest-activities.ts';
import { createQuickRenderingActivities } from '../../src-worker/activities/rendering-activities.ts';
import { createQuickModelActivities } from '../../src-worker/activities/transfer-activities.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import { openWorkerParts, repeatableWorkFacts, workId } from '../fixtures/repeatable-work.ts';

beforeAll(() => installTemporalRuntime(createSilentLogger()));

/** The last thing that a cancelled run does, and what it leaves. */
const endings: Record<
  RepeatableWork,
  { end: (parts: WorkerDependencies) => Promise<void>; cancelledState: string }
> = {
  ingestAsset: {
    end: (parts) =>
      createQuickIngestActivities(parts).recordCancellation({ assetId: workId, endsIngest: true }),
    cancelledState: 'cancelled',
  },
  describeAsset: {
    end: (parts) =>
      createQuickIngestActivities(parts).recordCancellation({ assetId: workId, endsIngest: false }),
    cancelledState: 'cancelled',
  },
  renderVariant: {
    end: (parts) => createQuickRenderingActivities(parts).recordRenderingCancelled({ renderingId: workId }),
    cancelledState: 'cancelled',
  },
  pullSpeechModel: {
    end: (parts) => createQuickModelActivities(parts).recordModelStopped({ modelId: workId }),
    cancelledState: 'stopped',
  },
  pullChatModel: {
    end: (parts) => createQuickChatModelActivities(parts).recordChatModelStopped({ name: workId }),
    cancelledState: 'stopped',
  },
};

const works = repeatableWork.map((type) => ({ ...repeatableWorkFacts[type], ...endings[type] }));

/** The work is wanted while a cancelled run of it ends; these messages have not reached the work engine yet. */
async function endRun({ start, want, end, stateOf }: (typeof works)[number], pending: OutboxMessage[]) {
  const parts = openWorkerParts();
  want(parts);
  for (const message of pending) parts.outbox.add(message);
  const { workflowId } = start;
  const activity = new MockActivityEnvironment({ workflowExecution: { workflowId, runId: 'cancelled' } });
  await activity.run(() => end(parts));
  return stateOf(parts);
}

describe.each(works)('$name whose run was cancelled', (work) => {
  const { start, wantedState, cancelledState } = work;

  it('stays wanted where it was asked for again before that run has ended', async () => {
    expect(await endRun(work, [cancelWorkflow(start.workflowId), start])).toBe(wantedState);
  });

  it('is cancelled where nobody asked for it again', async () => {
    const pending = [cancelWorkflow(start.workflowId), startWakeUp('2026-11-26T10:00:00.000Z')];
    expect(await endRun(work, pending)).toBe(cancelledState);
  });
});
