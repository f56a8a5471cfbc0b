import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { expect, it, onTestFinished } from 'vitest';
import type { TranscriptionPort } from '../../src-worker/activities/ports.ts';
import { endWork } from '../../src-worker/activities/work-in-hand.ts';
import { transcribe } from '../../src-worker/adapters/transcription.ts';
import {
  countRunning,
  ffmpegPath,
  makeScriptedRequest,
  samplePath,
  scriptedTranscriberPath,
} from '../../src-worker/transcriber/testing/recordings.ts';
import { noTemporal, startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { scriptedMedia } from '../fixtures/scripted-ports.ts';
import { openHarness, until, type Harness } from '../fixtures/worker-harness.ts';

/** Far longer than the test may take: whatever the engine has begun is not done when the test ends. */
const decodeMs = 600_000;

interface Transcribing {
  harness: Harness;
  assetId: string;
  handle: WorkflowHandle;
  /** Whether the engine has come so far. */
  reached: (stage: string, state: string) => Promise<boolean>;
  /** How many processes of the transcription run. */
  countProcesses: () => Promise<number>;
}

/** A recording that is being transcribed, by a real process with a scripted engine, in the middle of a chunk. */
async function beginTranscribing(): Promise<Transcribing> {
  let folder = '';
  let transcriberPid = 0;
  const transcription: TranscriptionPort = {
    ffmpegPath: () => ffmpegPath,
    async transcribe({ sourcePath }, { signal, onEvent }) {
      const request = await makeScriptedRequest(folder, { sourcePath, script: { decodeMs } });
      const result = await transcribe(request, {
        ...{ signal, onEvent, transcriberPath: scriptedTranscriberPath },
        onStart: (pid) => (transcriberPid = pid),
      });
      signal.throwIfAborted();
      throw new Error(`nobody cancelled it: ${result.outcome}`);
    },
  };
  const harness = await openHarness({ media: scriptedMedia(), transcription });
  onTestFinished(() => harness.close());
  folder = harness.dataFolder.scratchFolder;
  const enginePath = join(folder, 'engine.log');
  await writeFile(enginePath, '');
  const reached = async (stage: string, state: string): Promise<boolean> =>
    (await readFile(enginePath, 'utf8'))
      .split('\n')
      .some((line) => line.includes(`"${stage}"`) && line.includes(`"${state}"`));
  await harness.startWorkers();
  const run = await harness.ingest(samplePath);
  await until(() => reached('decode', 'begin'));
  return { ...run, harness, reached, countProcesses: () => countRunning(transcriberPid) };
}

async function expectCancelled({ harness, assetId, reached }: Transcribing): Promise<void> {
  expect(await reached('decode', 'end')).toBe(false);
  expect(harness.dependencies.transcripts.listSavedChunks(assetId)).toEqual([]);
  expect(harness.dependencies.assets.get(assetId).status).toBe('cancelled');
}

it('a transcription that is cancelled in the middle of a chunk has ended before that chunk is done', async () => {
  const transcribing = await beginTranscribing();
  const { handle, countProcesses } = transcribing;
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow(/cancel/i);
  await until(async () => (await countProcesses()) === 0);
  await expectCancelled(transcribing);
});

it('whose cancellation was accepted has ended before the work engine hears of it, and is cancelled once it does', async () => {
  const transcribing = await beginTranscribing();
  const { harness, assetId, handle, countProcesses } = transcribing;
  const { dataFolder } = harness;
  // The way to the work engine is cut; the one to the worker is that of the supervisor.
  const api = await startTestApi({ dataFolder, temporalAddress: noTemporal, endWork });
  const accepted = valueOf(await api.client.commands.cancelIngest({ assetId }));
  expect(accepted.status).toBe('accepted');
  await until(async () => (await countProcesses()) === 0);
  const { status, raw } = await handle.describe();
  expect([status.name, raw.workflowExtendedInfo?.cancelRequested]).toEqual(['RUNNING', false]);
  expect(raw.pendingActivities).toHaveLength(1);

  await handle.cancel();
  await expect(handle.result()).rejects.toThrow(/cancel/i);
  await expectCancelled(transcribing);
});
