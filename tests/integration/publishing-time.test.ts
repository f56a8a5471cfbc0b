import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../../src-node/logger.ts';
import { resolveTime } from '../../src-shared/domain/due-time.ts';
import { planTarget, type TargetFacts } from '../../src-shared/domain/plan-target.ts';
import { workflowUpdates } from '../../src-shared/domain/workflows.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import type { PublishingActivities } from '../../src-worker/workflows/activity-contracts.ts';
import { openTimeSkippingServer, runScenario } from '../replay/run-scenario.ts';

const dayMs = 24 * 3_600_000;
const targetId = 'c2a0a7be-95a4-4f0b-9d38-1f7f0f8ff001';
const scheduling = { workflowType: 'schedulePost', input: { postId: targetId } } as const;

describe('over weeks', () => {
  let environment: TestWorkflowEnvironment;
  beforeAll(async () => {
    installTemporalRuntime(createSilentLogger());
    environment = await openTimeSkippingServer();
  });
  afterAll(() => environment.teardown());

  /** One target whose clock is that of the server; the plan is the real one. */
  function simulate(dueAtMs: number) {
    const sentAtMs: number[] = [];
    const facts: TargetFacts = {
      state: 'waiting',
      dueAtMs,
      turnAtMs: null,
      nextTryAtMs: null,
      isBlocked: false,
      leaseUntilMs: null,
      isFrozen: false,
      prepareCount: 0,
      metricsDueAtMs: null,
    };
    const activities: Partial<PublishingActivities> = {
      async planPost() {
        const nowMs = await environment.currentTimeMs();
        const step = planTarget(facts, nowMs);
        return {
          work: step.kind === 'wait' || step.kind === 'over' ? [] : [{ targetId, step: step.kind }],
          waitMs: step.kind === 'wait' ? step.untilMs - nowMs : null,
          isOver: step.kind === 'over',
        };
      },
      prepareTarget() {
        facts.isFrozen = true;
        return Promise.resolve();
      },
      async publishTarget() {
        sentAtMs.push(await environment.currentTimeMs());
        facts.state = 'published';
      },
    };
    return { facts, sentAtMs, activities };
  }

  /** A wall-clock time some weeks on, which has the clocks changed between now and then. */
  async function dueAcrossTheChange(): Promise<number> {
    const now = new Date(await environment.currentTimeMs());
    const zone = 'Europe/Berlin';
    const inWinter = now.getUTCMonth() >= 10 || now.getUTCMonth() < 2;
    const year =
      now.getUTCMonth() >= 10 || now.getUTCMonth() > 8 ? now.getUTCFullYear() + 1 : now.getUTCFullYear();
    return Date.parse(resolveTime(`${year}-${inWinter ? '04' : '11'}-15T10:00`, zone).due.dueAt);
  }

  it('a post goes out at the wall-clock time that was chosen, across the change of the clocks', async () => {
    const dueAtMs = await dueAcrossTheChange();
    const { sentAtMs, activities } = simulate(dueAtMs);
    await runScenario(environment, { ...scheduling, activities }, async (handle) => {
      expect(await handle.result()).toBe('over');
    });
    expect(sentAtMs).toHaveLength(1);
    const [lateByMs = -1] = sentAtMs.map((at) => at - dueAtMs);
    expect(lateByMs).toBeGreaterThanOrEqual(0);
    expect(lateByMs).toBeLessThan(60_000);
  });

  it('a post that is moved while it waits goes out at its new time, by the same workflow', async () => {
    const startMs = await environment.currentTimeMs();
    const { facts, sentAtMs, activities } = simulate(startMs + 30 * dayMs);
    const dueAtMs = startMs + 10 * dayMs;
    await runScenario(
      environment,
      {
        ...scheduling,
        activities,
        async drive(handle) {
          facts.dueAtMs = dueAtMs;
          await handle.executeUpdate(workflowUpdates.postChanged, { args: [null] });
        },
      },
      async (handle) => {
        expect(await handle.result()).toBe('over');
        const { historyLength } = await handle.describe();
        expect(historyLength).toBeLessThan(200);
      },
    );
    expect(sentAtMs).toHaveLength(1);
    expect((sentAtMs[0] ?? 0) - dueAtMs).toBeLessThan(60_000);
    expect((sentAtMs[0] ?? 0) - dueAtMs).toBeGreaterThanOrEqual(0);
  });
});
