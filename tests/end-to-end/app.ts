import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WindowBridge } from '../../src-shared/contract/window-bridge.ts';
import { requireNativePart } from '../../src-node/native-parts.ts';
import { killHard } from '../fixtures/kill-hard.ts';
import { keepEvidence } from './keep-evidence.ts';

declare global {
  var longhand: WindowBridge;
}

export interface RunningApp {
  electron: ElectronApplication;
  page: Page;
  /** Ends the app as the person would, services included. Does nothing where it has ended. */
  quit: () => Promise<void>;
  /** Ends the app with all of Chromium's processes, and the given ones, as a power cut would. */
  kill: (otherPids: number[]) => Promise<void>;
}

export interface Fixtures {
  /** A data folder of its own, removed afterwards. */
  dataFolder: string;
  /** Starts the app on `dataFolder`; may be called again after the app has ended. */
  launch: (environment?: Record<string, string>) => Promise<RunningApp>;
}

/** What an action waits for at most; like the limits of playwright.config.ts it only ends what hangs. */
const patienceMs = 180_000;

const projectFolder = join(import.meta.dirname, '..', '..');

export const test = base.extend<Fixtures>({
  dataFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  },
  launch: async ({ dataFolder }, use, testInfo) => {
    const running = new Set<RunningApp>();
    await use(async (environment = {}) => {
      const app = await launchApp(dataFolder, environment);
      running.add(app);
      return app;
    });
    await keepEvidence(testInfo, dataFolder, [...running].at(-1)?.page);
    for (const app of running) await app.quit();
  },
});

export { expect } from '@playwright/test';

/** Starts the app on a data folder; for tests that share one. Whoever asks for it ends it. */
export async function launchApp(
  dataFolder: string,
  environment: Record<string, string> = {},
): Promise<RunningApp> {
  const electron = await _electron.launch({
    timeout: patienceMs,
    executablePath: requireNativePart('electron').path,
    args: [projectFolder, '--disable-gpu'],
    env: {
      ...definedOnly(process.env),
      LONGHAND_HOME: dataFolder,
      LONGHAND_QUIT_WITHOUT_ASKING: '1',
      ...environment,
    },
  });
  electron.context().setDefaultTimeout(patienceMs);
  const page = await electron.firstWindow({ timeout: patienceMs });
  const host = electron.process();
  // Playwright's own event waits for the output of every process that the app has left behind.
  const ended = once(host, 'exit');
  return {
    electron,
    page,
    quit: async () => {
      if (host.exitCode !== null || host.signalCode !== null) return;
      await electron.evaluate(({ app }) => app.quit());
      await ended;
    },
    kill: async (otherPids) => {
      if (host.pid === undefined) throw new Error('the app was never started');
      // Playwright starts the app as the leader of a process group.
      // The others end by themselves once the app is gone, perhaps before it is their turn.
      for (const pid of [-host.pid, ...otherPids]) killHard(pid);
      await ended;
    },
  };
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
