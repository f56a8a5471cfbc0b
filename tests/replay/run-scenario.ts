import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { WorkflowHandle } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { requireNativePart } from '../../src-node/native-parts.ts';
import { taskQueues } from '../../src-shared/domain/workflows.ts';
import { bundleWorkflows } from '../fixtures/worker-harness.ts';
import { smoothActivities, type Scenario } from './scenarios.ts';

/** A server whose clock jumps over every wait: a year passes in seconds. */
export function openTimeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const { path } = requireNativePart('temporalTestServer');
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
}

/** Runs a scenario to its end, however it ends, and hands over its handle. */
export async function runScenario(
  environment: TestWorkflowEnvironment,
  scenario: Scenario,
  look: (handle: WorkflowHandle) => Promise<void>,
): Promise<void> {
  const activities = { ...smoothActivities, ...scenario.activities };
  const common = {
    connection: environment.nativeConnection,
    identity: 'test',
    maxHeartbeatThrottleInterval: 50,
  };
  const source = await bundleWorkflows();
  const workers = await Promise.all(
    Object.values(taskQueues).map((taskQueue) =>
      Worker.create({ ...common, taskQueue, activities, ...(taskQueue === taskQueues.agent ? source : {}) }),
    ),
  );
  const runs = workers.map((worker) => worker.run());
  try {
    const handle = await environment.client.workflow.start(scenario.workflowType, {
      workflowId: `${scenario.workflowType}:${randomUUID()}`,
      taskQueue: taskQueues.agent,
      args: [scenario.input],
      followRuns: false,
    });
    await scenario.drive?.(handle);
    await look(handle);
  } finally {
    for (const worker of workers) worker.shutdown();
    await Promise.all(runs);
  }
}
