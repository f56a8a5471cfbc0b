import { _electron } from '@playwright/test';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireNativePart } from '../src-node/native-parts.ts';
import { median, type Benchmark } from './measurement.ts';

const rounds = 5;
const projectFolder = join(import.meta.dirname, '..');

/** The least an Electron app can be: one window with one line of text. */
const bareMain = `
import { app, BrowserWindow } from 'electron';
app.commandLine.appendSwitch('no-sandbox');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 832 }).loadURL('data:text/html,<h1>Longhand</h1>'));
app.on('window-all-closed', () => app.quit());
`;

/** From the start of the process to the first paint with content, for our window and for a bare one. */
export const windowStart: Benchmark = {
  name: 'window-start',
  async measure(log) {
    const scratch = await mkdtemp(join(tmpdir(), 'longhand-bench-'));
    const bareFolder = join(scratch, 'bare');
    try {
      await makeBareApp(bareFolder);
      const bareMs: number[] = [];
      const firstMs: number[] = [];
      const laterMs: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const home = join(scratch, `home-${round}`);
        bareMs.push(await timeToFirstPaint(bareFolder, {}));
        firstMs.push(await timeToFirstPaint(projectFolder, { LONGHAND_HOME: home }));
        laterMs.push(await timeToFirstPaint(projectFolder, { LONGHAND_HOME: home }));
        log(`round ${round + 1} of ${rounds}`);
      }
      const bare = median(bareMs);
      const row = (what: string, values: number[]): (string | number)[] => [
        what,
        Math.round(median(values)),
        `${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))}`,
        (median(values) / bare).toFixed(2),
      ];
      return [
        {
          title: 'Start of the window',
          method: `From starting the process to the first contentful paint, median of ${rounds} interleaved rounds, on a display without a graphics processor. "First start" has an empty data folder: the database, the work engine's file and the sample are made meanwhile.`,
          columns: ['window', 'median ms', 'range ms', 'against bare'],
          rows: [
            row('bare Electron window', bareMs),
            row('Longhand, first start', firstMs),
            row('Longhand, later start', laterMs),
          ],
        },
      ];
    } finally {
      await rm(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  },
};

async function makeBareApp(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'bare', type: 'module', main: 'main.js' }),
  );
  await writeFile(join(folder, 'main.js'), bareMain);
}

async function timeToFirstPaint(appFolder: string, environment: Record<string, string>): Promise<number> {
  const startedAtMs = Date.now();
  const electron = await _electron.launch({
    executablePath: requireNativePart('electron').path,
    args: [appFolder, '--disable-gpu'],
    env: { ...process.env, ...environment, LONGHAND_QUIT_WITHOUT_ASKING: '1' },
  });
  const page = await electron.firstWindow();
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  const paintedAtMs = await page.evaluate(
    () =>
      performance.timeOrigin +
      (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
  );
  const ended = electron.waitForEvent('close');
  await electron.evaluate(({ app }) => app.quit());
  await ended;
  return paintedAtMs - startedAtMs;
}
