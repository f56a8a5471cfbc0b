import { Context } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeAll, expect, it } from 'vitest';
import { createSilentLogger } from '../../src-node/logger.ts';
import { runActivity } from '../../src-worker/activities/run-activity.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import { endWork, heartbeatEveryMs, untilCancelled } from '../../src-worker/activities/work-in-hand.ts';
import { untilAborted } from '../fixtures/scripted-ports.ts';

const logger = createSilentLogger();
beforeAll(() => installTemporalRuntime(logger));

function openActivity(workflowId: string): MockActivityEnvironment {
  return new MockActivityEnvironment({ workflowExecution: { workflowId, runId: 'run' } });
}

it('work that is ended ends at once, that of others goes on, and its activity is over when the work engine says so', async () => {
  const [mine, other] = [openActivity('ingest:mine'), openActivity('ingest:other')];
  const events: string[] = [];
  const run = (activity: MockActivityEnvironment, name: string) =>
    activity
      .run(() =>
        runActivity(logger, { heartbeatEveryMs }, ({ signal }) =>
          untilAborted(signal).finally(() => events.push(`${name} has ended`)),
        ),
      )
      .catch(() => events.push(`${name} is cancelled`));
  const runs = [run(mine, 'mine'), run(other, 'other')];
  endWork('ingest:mine');
  await expect.poll(() => events).toEqual(['mine has ended']);
  mine.cancel();
  await runs[0];
  expect(events).toEqual(['mine has ended', 'mine is cancelled']);
  other.cancel();
  await runs[1];
});

it('work that was ended although it is wanted is to be tried again', async () => {
  const activity = openActivity('ingest:mine');
  await expect(activity.run(() => untilCancelled(Context.current(), 1))).rejects.toMatchObject({
    code: 'dependency.work-interrupted',
    retry: 'auto',
  });
});
