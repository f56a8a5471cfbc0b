import { appendFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile, utimes } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src-shared/domain/errors.ts';
import { taskQueues, workflowIds, workflowSignals } from '../../src-shared/domain/workflows.ts';
import { scriptedMedia, scriptedTranscription } from '../fixtures/scripted-ports.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { openHarness, shareServer, until, type Harness } from '../fixtures/worker-harness.ts';
import { noBoundary } from '../fixtures/worker-parts.ts';

const quickTimings = {
  scanEveryMs: 200,
  settleMs: 300,
  hintDelayMs: 20,
  rowLookMs: 50,
  heartbeatMs: 1000,
  longestWaitMs: 60_000,
};

interface Call {
  path: string;
  key: string;
}

describe('a watched folder', () => {
  let server: TemporalServer;
  let harness: Harness;
  let folder: string;
  let folderId: string;
  /** What the boundary was asked to ingest, in order. */
  let calls: Call[];
  /** Runs after the boundary has taken a file and before it answers. */
  let beforeAnswer: (call: Call) => void;
  let handle: WorkflowHandle;

  beforeAll(async () => {
    server = await shareServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    calls = [];
    beforeAnswer = () => undefined;
    const assetIds = new Map<string, string>();
    harness = await openHarness({
      server,
      media: scriptedMedia(),
      transcription: scriptedTranscription(),
      watchTimings: quickTimings,
      boundary: {
        ...noBoundary,
        ingestMedia({ path }, key) {
          calls.push({ path, key });
          const assetId = assetIds.get(key) ?? randomUUID();
          assetIds.set(key, assetId);
          beforeAnswer({ path, key });
          return Promise.resolve({ assetId });
        },
      },
    });
    folder = join(harness.dataFolder.scratchFolder, 'inbox');
    folderId = randomUUID();
    await mkdir(folder);
    harness.dependencies.folders.create({ folderId, path: folder, storage: 'reference' });
  });
  afterEach(async () => {
    harness.dependencies.folders.remove(folderId);
    await handle.terminate().catch(() => undefined);
    await harness.close();
  });

  async function watchIt(roundLimit?: number): Promise<void> {
    handle = await harness.client.workflow.start('watchFolder', {
      workflowId: workflowIds.watchFolder(folderId),
      taskQueue: taskQueues.agent,
      args: [{ folderId, isPaused: false, ...(roundLimit === undefined ? {} : { roundLimit }) }],
    });
  }

  const put = (name: string, content = 'sound'): Promise<void> => writeFile(join(folder, name), content);
  const row = () => harness.dependencies.folders.get(folderId);
  const imported = (): string[] =>
    [...harness.dependencies.folders.listEntries(folderId).keys()]
      .map((path) => path.slice(folder.length + 1))
      .sort();

  it('imports what came while nothing ran, and what comes later', async () => {
    await put('before.wav');
    await watchIt();
    await harness.startWorkers();
    await until(() => imported().includes('before.wav'));
    await put('after.wav');
    await until(() => imported().includes('after.wav'));
    expect(row()).toMatchObject({ importedCount: 2, error: null });
  });

  it('waits until a file has stopped growing', async () => {
    // It has grown by the time of every look, however late that comes.
    const { folders } = harness.dependencies;
    const setScanResult = folders.setScanResult.bind(folders);
    let looks = 0;
    vi.spyOn(folders, 'setScanResult').mockImplementation((...scan) => {
      setScanResult(...scan);
      looks += 1;
      if (looks <= 10) appendFileSync(join(folder, 'growing.wav'), 'more');
    });
    await put('growing.wav');
    await harness.startWorkers();
    await watchIt();
    await until(() => imported().length === 1);
    expect(looks).toBeGreaterThan(10);
    expect(calls).toHaveLength(1);
    expect([...harness.dependencies.folders.listEntries(folderId).values()][0]?.sizeBytes).toBe(45);
  });

  it('touches nothing that is hidden, temporary, empty or foreign', async () => {
    const names = ['.hidden.wav', 'half.wav.part', 'empty.wav', 'notes.txt'];
    for (const name of names) await put(name, name === 'empty.wav' ? '' : 'content');
    await put('take.wav');
    await harness.startWorkers();
    await watchIt();
    await until(() => imported().length > 0);
    await until(() => row().waitingCount === 2);
    expect(imported()).toEqual(['take.wav']);
    expect((await readdir(folder)).sort()).toEqual([...names, 'take.wav'].sort());
  });

  it('imports nothing twice after a restart', async () => {
    await put('a.wav');
    const workers = await harness.startWorkers();
    await watchIt();
    await until(() => imported().length === 1);
    await workers.stop();
    await put('b.wav');
    await harness.startWorkers();
    await until(() => imported().length === 2);
    expect(calls.map(({ path }) => path.slice(folder.length + 1))).toEqual(['a.wav', 'b.wav']);
  });

  it('that loses the answer of the boundary asks again with the same key, and records one asset', async () => {
    let isLost = true;
    beforeAnswer = () => {
      if (!isLost) return;
      isLost = false;
      // As after a kill between the start of the ingest and the record: the boundary has done it, we do not know.
      throw new AppError({ code: 'dependency.api-unavailable', userMessage: 'Gone.', retry: 'auto' });
    };
    await put('a.wav');
    await harness.startWorkers();
    await watchIt();
    await until(() => imported().length === 1);
    expect(calls).toHaveLength(2);
    expect(calls[0]?.key).toBe(calls[1]?.key);
    expect(row()).toMatchObject({ importedCount: 1 });
  });

  it('offers a file that the boundary refuses for good only once', async () => {
    beforeAnswer = ({ path }) => {
      if (path.endsWith('bad.wav'))
        throw new AppError({ code: 'input.not-media', userMessage: 'No.', retry: 'user' });
    };
    await put('bad.wav');
    await put('good.wav');
    await harness.startWorkers();
    await watchIt();
    await until(() => imported().length === 2);
    await put('later.wav');
    await until(() => imported().length === 3);
    expect(calls.filter(({ path }) => path.endsWith('bad.wav'))).toHaveLength(1);
  });

  it('imports another recording under an old name, but not the same one with a new time', async () => {
    await put('a.wav');
    await harness.startWorkers();
    await watchIt();
    await until(() => imported().length === 1);
    const assetId = [...harness.dependencies.folders.listEntries(folderId).values()][0]?.assetId ?? '';
    const path = join(folder, 'a.wav');
    await harness.ingest(path, { assetId }).then((run) => run.handle.result());

    await utimes(path, new Date(), new Date('2026-01-01T00:00:00Z'));
    await until(
      () =>
        harness.dependencies.folders.listEntries(folderId).get(path)?.modifiedAt ===
        '2026-01-01T00:00:00.000Z',
    );
    expect(calls).toHaveLength(1);
    await put('a.wav', 'another recording');
    await until(() => calls.length === 2);
    await until(() => row().importedCount === 2);
  });

  it('leaves new files alone while it is paused, and finds them when it is resumed', async () => {
    await harness.startWorkers();
    await watchIt();
    await until(() => row().lastScanAt !== null);
    harness.dependencies.folders.setState(folderId, 'paused');
    await handle.signal(workflowSignals.pause);
    // The look in hand has ended.
    await until(async () => ((await handle.describe()).raw.pendingActivities ?? []).length === 0);
    await put('a.wav');
    await put('b.wav');
    const scannedAt = row().lastScanAt;
    // Other work passes through the same worker meanwhile: it had every chance to look.
    const other = join(harness.dataFolder.scratchFolder, 'other.wav');
    await writeFile(other, 'other');
    await harness.ingest(other).then((run) => run.handle.result());
    expect([calls, row().lastScanAt]).toEqual([[], scannedAt]);

    harness.dependencies.folders.setState(folderId, 'active');
    await handle.signal(workflowSignals.resume);
    await until(() => imported().length === 2);
  });

  it('says that the folder is gone, and goes on by itself once it is back', async () => {
    await harness.startWorkers();
    await watchIt();
    await until(() => row().lastScanAt !== null);
    await rename(folder, `${folder}-unplugged`);
    await until(() => row().error?.code === 'storage.vanished');
    await until(() => harness.dependencies.notices.list({ onlyUnread: true, limit: 9 }).length === 1);
    await writeFile(join(`${folder}-unplugged`, 'a.wav'), 'sound');
    await rename(`${folder}-unplugged`, folder);
    await until(() => imported().length === 1);
    expect(row().error).toBeNull();
    expect(harness.dependencies.notices.list({ onlyUnread: true, limit: 9 })).toHaveLength(1);
  });

  it('ends when it is removed, and leaves the files where they are', async () => {
    await put('a.wav');
    await harness.startWorkers();
    await watchIt();
    await until(() => imported().length === 1);
    harness.dependencies.folders.remove(folderId);
    expect(await handle.result()).toBe('removed');
    expect(await readdir(folder)).toEqual(['a.wav']);
  });

  it('ends when it is cancelled', async () => {
    await harness.startWorkers();
    await watchIt();
    await until(() => row().lastScanAt !== null);
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow(/cancel/i);
  });

  it('continues in new runs for ever, and imports nothing twice on the way', async () => {
    await harness.startWorkers();
    await watchIt(1);
    const runs = new Set<string>();
    for (let index = 0; index < 4; index += 1) {
      await put(`${index}.wav`, `recording ${index}`);
      await until(() => imported().length === index + 1);
      runs.add((await harness.client.workflow.getHandle(handle.workflowId).describe()).runId);
    }
    expect(runs.size).toBeGreaterThan(2);
    expect(calls).toHaveLength(4);
    await rm(join(folder, '0.wav'));
  });
});
