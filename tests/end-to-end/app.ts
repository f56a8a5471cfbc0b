import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WindowBridge } from '../../src-shared/contract/window-bridge.ts';
import { connect } from '../../src-data/database.ts';
import { describeDataFolder } from '../../src-node/data-folder.ts';
import { requireNativePart } from '../../src-node/native-parts.ts';
import { killHard } from '../fixtures/kill-hard.ts';
import { keepEvidence } from './keep-evidence.ts';
import { readAssets, waitForServices } from './window.ts';

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
  /** Whether the app meets an empty data folder, as at its very first start; otherwise the sample waits for review. */
  isFirstStart: boolean;
  /** A data folder of its own, removed afterwards. */
  dataFolder: string;
  /** Starts the app on `dataFolder`; may be called again after the app has ended. */
  launch: (environment?: Record<string, string>) => Promise<RunningApp>;
  /** What `launch` has started. */
  launched: Set<RunningApp>;
}

export interface SharedFixtures {
  /** A data folder in which the sample waits for review and nothing runs. Not to be used itself: see {@link copyLibrary}. */
  preparedFolder: string;
  /** Ends apps and removes their folder while the next test already begins: they take seconds to end in good order. */
  leave: (apps: Iterable<RunningApp>, folder: string) => void;
}

/** What an action waits for at most; like the limits of playwright.config.ts it only ends what hangs. */
const patienceMs = 180_000;

const projectFolder = join(import.meta.dirname, '..', '..');

export const test = base.extend<Fixtures, SharedFixtures>({
  isFirstStart: [false, { option: true }],
  preparedFolder: [
    async ({}, use) => {
      const folder = await makeFolder();
      const { page, quit } = await launchApp(folder, { OLLAMA_HOST: '127.0.0.1:9', LONGHAND_OLLAMA: 'none' });
      await waitForServices(page);
      await expect.poll(() => readAssets(page)).toMatchObject([{ isSample: true, status: 'review' }]);
      await keepTitles(page);
      await quit();
      await use(folder);
      await removeFolder(folder);
    },
    { scope: 'worker' },
  ],
  leave: [
    async ({}, use) => {
      const leaving: Promise<unknown>[] = [];
      await use((apps, folder) => {
        const ended = Promise.all([...apps].map((app) => app.quit())).then(() => removeFolder(folder));
        leaving.push(ended);
        // Told of at the end, by the same promise.
        ended.catch(() => undefined);
      });
      await Promise.all(leaving);
    },
    { scope: 'worker' },
  ],
  launched: async ({}, use) => {
    await use(new Set());
  },
  dataFolder: async ({ isFirstStart, preparedFolder, launched, leave }, use) => {
    const folder = await makeFolder();
    if (!isFirstStart) await copyLibrary(preparedFolder, folder);
    await use(folder);
    leave(launched, folder);
  },
  launch: async ({ dataFolder, launched }, use, testInfo) => {
    await use(async (environment = {}) => {
      const app = await launchApp(dataFolder, environment);
      launched.add(app);
      return app;
    });
    await keepEvidence(testInfo, dataFolder, [...launched].at(-1)?.page);
  },
});

export { expect };

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
  // Before that there is nobody whom keys could reach, and at first not even the page that can be asked.
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  const host = electron.process();
  // Playwright's own event waits for the output of every process that the app has left behind.
  const ended = once(host, 'exit');
  return {
    electron,
    page,
    quit: async () => {
      if (host.exitCode !== null || host.signalCode !== null) return;
      // It may be gone before it has answered.
      await Promise.allSettled([electron.evaluate(({ app }) => app.quit())]);
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

/** A title that a person has given is not replaced where a model comes to describe the recording. */
async function keepTitles(page: Page): Promise<void> {
  for (const { assetId, title } of (await readAssets(page)) ?? []) {
    const kept = await page.evaluate((given) => globalThis.longhand.commands.updateAsset(given), {
      assetId,
      title,
    });
    expect(kept).toMatchObject({ ok: true });
  }
}

/** Copies a library in which nothing runs; the copy knows its own files. */
export async function copyLibrary(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  const { sqlite, close } = connect(describeDataFolder(to).databaseFile);
  try {
    sqlite.prepare('UPDATE asset SET path = replace(path, ?, ?)').run(from, to);
  } finally {
    close();
  }
}

function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'longhand-e2e-'));
}

function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
