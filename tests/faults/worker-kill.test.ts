import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NativeConnection } from '@temporalio/worker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transcriptChunk } from '../../src-data/schema.ts';
import { temporalNamespace } from '../../src-shared/domain/workflows.ts';
import { createTranscriptionPort } from '../../src-worker/compose-ports.ts';
import { releaseOrphans } from '../../src-worker/release-orphans.ts';
import type { TranscribedChunk } from '../../src-worker/transcriber/protocol.ts';
import { findMediaTools } from '../fixtures/find-media-tools.ts';
import { openHarness, until, type Harness } from '../fixtures/worker-harness.ts';
import { startWorkerProcess } from '../fixtures/worker-process.ts';

const run = promisify(execFile);
const sample = join(import.meta.dirname, '../../resources/sample-jfk.flac');
const repeats = 12;
const longestChunkMs = 30_000;

/** The sample several times over: two minutes, five chunks, so that some are left to be done when it is killed. */
async function makeRecording(folder: string): Promise<string> {
  const path = join(folder, 'speech.wav');
  const { ffmpegPath } = findMediaTools();
  await run(ffmpegPath, ['-v', 'error', '-stream_loop', `${repeats - 1}`, '-i', sample, path]);
  return path;
}

/** What an unbroken run makes of it. */
async function transcribeUnbroken(harness: Harness, sourcePath: string): Promise<string[]> {
  const port = createTranscriptionPort();
  const chunks: TranscribedChunk[] = [];
  await port.transcribe(
    {
      sourcePath,
      durationMs: repeats * 11_000,
      modelDirectory: await harness.dependencies.speechModels.locate('base'),
      ffmpegPath: port.ffmpegPath(),
      scratchDirectory: join(harness.dataFolder.scratchFolder, 'unbroken'),
      resume: { savedChunks: [] },
    },
    {
      signal: new AbortController().signal,
      onEvent: (event) => {
        if (event.type === 'chunk') chunks.push(event.chunk);
      },
    },
  );
  return chunks.flatMap(({ segments }) =>
    segments.map(({ startMs, endMs, text }) => `${startMs}-${endMs} ${text}`),
  );
}

describe('a worker that is killed', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness();
  });
  afterEach(() => harness.close());

  const savedChunks = (assetId: string) =>
    harness.dependencies.database.orm
      .select()
      .from(transcriptChunk)
      .all()
      .filter((chunk) => chunk.assetId === assetId);

  const transcribing = (): string[] => harness.dependencies.steps.listAssetIds('transcribe', 'running');

  it('twice in mid-transcription costs the chunk in hand and changes nothing in the transcript', async () => {
    const path = await makeRecording(harness.dataFolder.scratchFolder);
    let worker = await startWorkerProcess(harness);
    const { assetId, handle } = await harness.ingest(path);

    const savedAtKill: ReturnType<typeof savedChunks>[] = [];
    for (const count of [0, 1]) {
      await until(() => transcribing().includes(assetId) && savedChunks(assetId).length >= count);
      await worker.kill();
      savedAtKill.push(savedChunks(assetId));
      worker = await startWorkerProcess(harness);
    }
    expect(await handle.result()).toBe('review');
    await worker.kill();

    const finished = savedChunks(assetId);
    for (const saved of savedAtKill) expect(finished.slice(0, saved.length)).toEqual(saved);
    for (const { startMs, endMs } of finished) expect(endMs - startMs).toBeLessThanOrEqual(longestChunkMs);
    const transcript = harness.dependencies.transcripts
      .listSegments(assetId)
      .map(({ startMs, endMs, text }) => `${startMs}-${endMs} ${text}`);
    expect(transcript).toEqual(await transcribeUnbroken(harness, path));
  });

  it('has its work handed back by the next one at once, not after the heartbeat timeout', async () => {
    const worker = await startWorkerProcess(harness);
    await worker.ready;
    // Beforehand, since after the heartbeat timeout there would be nothing to hand back.
    const connection = await NativeConnection.connect({ address: harness.server.address });
    const { assetId } = await harness.ingest(sample);
    await until(() => transcribing().includes(assetId));
    await worker.kill();
    const { dependencies } = harness;
    const next = { namespace: temporalNamespace, identity: 'the next worker', dependencies };
    expect(await releaseOrphans(connection, next)).toBe(1);
    expect(await releaseOrphans(connection, next)).toBe(0);
    await connection.close();
  });

  it('and whose server is killed with it, goes on by itself', async () => {
    let worker = await startWorkerProcess(harness);
    await worker.ready;
    const { assetId, handle } = await harness.ingest(sample);
    await until(() => transcribing().includes(assetId));
    await harness.server.kill();
    await worker.kill();
    await harness.server.start();
    worker = await startWorkerProcess(harness);
    expect(await handle.result()).toBe('review');
    await worker.kill();
  });

  it('leaves nothing behind when its supervisor is gone', async () => {
    const worker = await startWorkerProcess(harness);
    await worker.ready;
    const { assetId } = await harness.ingest(await makeRecording(harness.dataFolder.scratchFolder));
    await until(() => transcribing().includes(assetId));
    worker.disconnect();
    expect(await worker.exited).toBe(0);
    expect(harness.dependencies.assets.get(assetId).status).toBe('ingesting');
  });
});
