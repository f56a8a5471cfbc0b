import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createSilentLogger } from '../../src-node/logger.ts';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import type { FoundFile, WatchOutcome } from '../../src-worker/workflows/activity-contracts.ts';
import { openTimeSkippingServer, runScenario } from '../replay/run-scenario.ts';
import { failWith } from '../replay/scenarios.ts';

const offline: AppErrorDto = {
  code: 'dependency.download-failed',
  userMessage: 'No network.',
  retry: 'auto',
};
const folderId = '0b8ad3e0-5cf5-47a2-bb0b-0c1c6c3c9d22';
const watching = { workflowType: 'watchFolder', input: { folderId, isPaused: false } } as const;
const pulling = { workflowType: 'pullSpeechModel', input: { modelId: 'small' } } as const;

describe('over a long time', () => {
  let environment: TestWorkflowEnvironment;
  beforeAll(async () => {
    installTemporalRuntime(createSilentLogger());
    environment = await openTimeSkippingServer();
  });
  afterAll(() => environment.teardown());

  it('a watched folder keeps its history short for two months, and imports each file once', async () => {
    // Nothing found for six hours is one round: four a day.
    const rounds = 4 * 62;
    let round = 0;
    const offered: string[] = [];
    const imported: string[] = [];
    const awaitNewFiles = (): Promise<WatchOutcome> => {
      round += 1;
      if (round > rounds) return Promise.resolve({ state: 'removed' });
      if (round % 4 !== 0) return Promise.resolve({ state: 'nothing-new' });
      const file: FoundFile = {
        path: `/recordings/${round}.wav`,
        sizeBytes: 1,
        modifiedAt: '2026-01-01T00:00:00.000Z',
      };
      offered.push(file.path);
      return Promise.resolve({ state: 'found', files: [file] });
    };
    const importFile = ({ file }: { file: FoundFile }) => {
      imported.push(file.path);
      return Promise.resolve();
    };
    await runScenario(
      environment,
      { ...watching, activities: { awaitNewFiles, importFile } },
      async (handle) => {
        const last = environment.client.workflow.getHandle(handle.workflowId);
        expect(await last.result()).toBe('removed');
        const { runId, historyLength, raw } = await last.describe();
        expect(runId).not.toBe(raw.workflowExecutionInfo?.firstRunId);
        expect(historyLength).toBeLessThan(2000);
      },
    );
    expect(imported).toEqual(offered);
    expect(imported).toHaveLength(62);
  });

  it('a download goes on through half an hour without a network', async () => {
    let attempts = 0;
    const downloadSpeechModel = () => {
      attempts += 1;
      return attempts < 40 ? Promise.reject(failWith(offline)) : Promise.resolve();
    };
    const before = await environment.currentTimeMs();
    await runScenario(environment, { ...pulling, activities: { downloadSpeechModel } }, async (handle) => {
      expect(await handle.result()).toBe('installed');
    });
    expect((await environment.currentTimeMs()) - before).toBeGreaterThan(30 * 60_000);
  });

  it('a download that never gets anywhere ends, and says so', async () => {
    const failures: AppErrorDto[] = [];
    const activities = {
      downloadSpeechModel: () => Promise.reject(failWith(offline)),
      recordModelFailure: ({ error }: { error: AppErrorDto }) => {
        failures.push(error);
        return Promise.resolve();
      },
    };
    await runScenario(environment, { ...pulling, activities }, async (handle) => {
      expect(await handle.result()).toBe('failed');
    });
    expect(failures).toMatchObject([{ code: 'dependency.download-failed' }]);
  });

  it('a download that gets on a little each time is never given up', async () => {
    let attempts = 0;
    const downloadSpeechModel = () => {
      attempts += 1;
      if (attempts === 100) return Promise.resolve();
      return Promise.reject(failWith({ ...offline, details: { progressMark: attempts * 1000 } }));
    };
    await runScenario(environment, { ...pulling, activities: { downloadSpeechModel } }, async (handle) => {
      expect(await handle.result()).toBe('installed');
    });
    expect(attempts).toBe(100);
  });

  it('a folder that cannot be looked at for days is looked at again', async () => {
    const problems: AppErrorDto[] = [];
    let looks = 0;
    const awaitNewFiles = () => {
      looks += 1;
      return looks > 50
        ? Promise.resolve({ state: 'removed' } as const)
        : Promise.reject(failWith({ code: 'bug', userMessage: 'Odd.', retry: 'user' }));
    };
    const recordFolderProblem = ({ error }: { error: AppErrorDto }) => {
      problems.push(error);
      return Promise.resolve();
    };
    await runScenario(
      environment,
      { ...watching, activities: { awaitNewFiles, recordFolderProblem } },
      async (handle) => {
        expect(await handle.result()).toBe('removed');
      },
    );
    expect(problems).toHaveLength(50);
  });
});
