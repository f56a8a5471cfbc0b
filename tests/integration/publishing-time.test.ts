import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../../src-node/logger.ts';
import { resolveTime } from '../../src-shared/domain/due-time.ts';
import { planTarget, type TargetFacts } from '../../src-shared/domain/plan-target.ts';
import { workflowUpdates } from '../../src-shared/domain/workflows.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import type { PublishingActivities } from '../../src-worker/workflows/activity-contracts.ts';
import { openTimeSkippingServer, runScenario } from '../replay/run-scenario.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zone = 'Europe/Berlin';
const targetId = 'c2a0a7be-95a4-4f0b-9d38-1f7f0f8ff001';
const scheduling = { workflowType: 'schedulePost', input: { postId: targetId } } as const;

describe('over weeks', () => {
  let environment: TestWorkflowEnvironment;
  beforeEach(async () => {
    installTemporalRuntime(createSilentLogger());
    environment = await openTimeSkippingServer();
  });
  afterEach(() => environment.teardown());

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

  it.each([
    [4, 'summer'],
    [11, 'winter'],
  ])(
    'a post for ten o’clock on the 15th of month %i goes out at ten, in %s time, whatever the clocks do until then (complaint 7)',
    async (month) => {
      const nowMs = await environment.currentTimeMs();
      const year = new Date(nowMs).getUTCFullYear();
      // Whatever day it is, between now and at least one of both the clocks change.
      const [thisYear = 0, nextYear = 0] = [year, year + 1].map((each) =>
        Date.parse(resolveTime(`${each}-${String(month).padStart(2, '0')}-15T10:00`, zone).due.dueAt),
      );
      const dueAtMs = thisYear > nowMs ? thisYear : nextYear;
      const { sentAtMs, activities } = simulate(dueAtMs);
      await runScenario(environment, { ...scheduling, activities }, async (handle) => {
        expect(await handle.result()).toBe('over');
      });
      expect(sentAtMs).toHaveLength(1);
      const [lateByMs = -1] = sentAtMs.map((at) => at - dueAtMs);
      expect(lateByMs).toBeGreaterThanOrEqual(0);
      expect(lateByMs).toBeLessThan(60_000);
      const sentAt = DateTime.fromMillis(sentAtMs[0] ?? 0, { zone });
      expect([sentAt.toFormat('HH:mm'), sentAt.isInDST]).toEqual(['10:00', month === 4]);
    },
  );

  it('a post is measured an hour after it went out, without anybody doing anything', async () => {
    const startMs = await environment.currentTimeMs();
    const { facts, sentAtMs, activities } = simulate(startMs + 7 * dayMs);
    const measuredAtMs: number[] = [];
    const { publishTarget } = activities;
    const measured: Partial<PublishingActivities> = {
      ...activities,
      async publishTarget(target) {
        await publishTarget?.(target);
        facts.metricsDueAtMs = (await environment.currentTimeMs()) + hourMs;
      },
      async measureTarget() {
        measuredAtMs.push(await environment.currentTimeMs());
        facts.metricsDueAtMs = null;
      },
    };
    await runScenario(environment, { ...scheduling, activities: measured }, async (handle) => {
      expect(await handle.result()).toBe('over');
    });
    expect(measuredAtMs).toHaveLength(1);
    const afterMs = (measuredAtMs[0] ?? 0) - (sentAtMs[0] ?? 0);
    expect(afterMs).toBeGreaterThanOrEqual(hourMs);
    expect(afterMs).toBeLessThan(hourMs + 60_000);
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
