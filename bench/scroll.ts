import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { execa } from 'execa';
import { linkSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssetQueries } from '../src-data/asset-queries.ts';
import { createAssetRepository } from '../src-data/assets.ts';
import { connect } from '../src-data/database.ts';
import { migrate } from '../src-data/migrate.ts';
import { describeAssetFiles } from '../src-node/asset-files.ts';
import { openDataFolder } from '../src-node/data-folder.ts';
import { requireNativePart } from '../src-node/native-parts.ts';
import { fillLibrary } from './boundary/fill-library.ts';
import { median, percentile, type Benchmark } from './measurement.ts';

const assetCount = 10_000;
const frameCount = 300;
const pixelsPerFrame = 40;
const rounds = 3;
const startTimeoutMs = 120_000;
const pictureCount = 16;
const projectFolder = join(import.meta.dirname, '..');

/** As tall as the grid, and with nothing to fetch or decide: what the display itself can do. */
const barePage = `data:text/html,<div role="grid" style="height:100vh;overflow-y:auto"><div style="height:600000px;background:repeating-linear-gradient(%23eee 0 180px,%23ccc 180px 200px)"></div></div>`;

/** Frames while a large library is scrolled, as a grid and as a list, against an empty page in the same window. */
export const scroll: Benchmark = {
  name: 'scroll',
  async measure(log) {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-bench-'));
    try {
      log(`a library of ${assetCount} videos`);
      await fill(join(folder, 'home'));
      const electron = await _electron.launch({
        executablePath: requireNativePart('electron').path,
        args: [projectFolder, '--disable-gpu'],
        env: { ...process.env, LONGHAND_HOME: join(folder, 'home'), LONGHAND_QUIT_WITHOUT_ASKING: '1' },
      });
      const page = await electron.firstWindow();
      await page.getByRole('link', { name: /^Library/ }).click();
      await page.getByRole('row').nth(2).waitFor({ timeout: startTimeoutMs });
      const times: Record<'grid' | 'list' | 'bare', number[]> = { grid: [], list: [], bare: [] };
      for (let round = 0; round < rounds; round += 1) {
        log(`round ${round + 1} of ${rounds}`);
        for (const layout of ['grid', 'list'] as const) {
          await page.getByRole('radio', { name: layout === 'grid' ? 'Grid' : 'List' }).click();
          await page.getByRole('row').nth(2).waitFor();
          times[layout].push(...(await timeFrames(page)));
        }
      }
      const bareWindow = await openBareWindow(electron);
      for (let round = 0; round < rounds; round += 1) times.bare.push(...(await timeFrames(bareWindow)));
      const ended = electron.waitForEvent('close');
      await electron.evaluate(({ app }) => app.quit());
      await ended;
      const bare = median(times.bare);
      const row = (what: string, values: number[]): (string | number)[] => [
        what,
        median(values).toFixed(1),
        percentile(values, 0.95).toFixed(1),
        percentile(values, 0.99).toFixed(1),
        (median(values) / bare).toFixed(2),
      ];
      return [
        {
          title: 'Scrolling a library of 10,000 assets',
          method: `Time from one frame to the next while ${pixelsPerFrame} px are scrolled each frame, ${frameCount} frames, ${rounds} rounds, every card with a thumbnail of 640 × 360, on a display without a graphics processor. The bare page is one gradient of the same height.`,
          columns: ['page', 'median ms', '95 % ms', '99 % ms', 'against bare'],
          rows: [row('bare page', times.bare), row('grid', times.grid), row('list', times.list)],
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  },
};

async function fill(home: string): Promise<void> {
  const dataFolder = openDataFolder(home);
  const pictures = await makePictures(home);
  const database = connect(dataFolder.databaseFile);
  try {
    migrate(database.sqlite);
    fillLibrary(database, { assetCount, segmentsPerAsset: 1 });
    const assets = createAssetRepository(database);
    const ids = listIds(createAssetQueries(database));
    database.transaction(() => {
      for (const [index, assetId] of ids.entries()) {
        assets.setProbe(assetId, { kind: 'video', durationMs: 6_000, capturedAt: null, probe: {} });
        assets.setRenditions(assetId, { hasThumbnail: true });
        const files = describeAssetFiles(dataFolder, assetId);
        mkdirSync(files.folder, { recursive: true });
        linkSync(pictures[index % pictures.length] ?? '', files.thumbnail);
      }
    });
  } finally {
    database.close();
  }
}

function listIds(queries: ReturnType<typeof createAssetQueries>): string[] {
  return queries
    .listByStatus('approved', assetCount)
    .concat(queries.listByStatus('review', assetCount))
    .map(({ assetId }) => assetId);
}

async function makePictures(folder: string): Promise<string[]> {
  const pattern = join(folder, 'picture-%d.jpg');
  await execa(requireNativePart('ffmpeg').path, [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=1'],
    ...['-frames:v', String(pictureCount), '-q:v', '4', '-start_number', '0', pattern],
  ]);
  return Array.from({ length: pictureCount }, (_, index) => join(folder, `picture-${index}.jpg`));
}

/** In the same program and of the same size, so that only the page differs. */
async function openBareWindow(electron: ElectronApplication): Promise<Page> {
  const opened = electron.waitForEvent('window');
  await electron.evaluate(async ({ BrowserWindow }, address) => {
    const [ours] = BrowserWindow.getAllWindows();
    await new BrowserWindow({ ...ours?.getBounds() }).loadURL(address);
    ours?.hide();
  }, barePage);
  return opened;
}

/** Runs in the page: scrolls its grid from the top on, and gives the time from each frame to the next. */
const timeFramesScript = `(async () => {
  const grid = document.querySelector('[role="grid"]');
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  grid.scrollTop = 0;
  for (let frame = 0; frame < 30; frame += 1) await nextFrame();
  const times = [];
  let before = await nextFrame();
  for (let frame = 0; frame < ${frameCount}; frame += 1) {
    grid.scrollTop += ${pixelsPerFrame};
    const now = await nextFrame();
    times.push(now - before);
    before = now;
  }
  return times;
})()`;

function timeFrames(page: Page): Promise<number[]> {
  return page.evaluate<number[]>(timeFramesScript);
}
