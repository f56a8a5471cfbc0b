import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { TranscriptionPort } from '../../src-worker/activities/ports.ts';
import { transcribe } from '../../src-worker/adapters/transcription.ts';
import {
  countRunning,
  ffmpegPath,
  makeScriptedRequest,
  samplePath,
  scriptedTranscriberPath,
} from '../../src-worker/transcriber/testing/recordings.ts';
import { scriptedMedia } from '../fixtures/scripted-ports.ts';
import { openHarness, until } from '../fixtures/worker-harness.ts';

/** Far longer than the test may take: whatever the engine has begun is not done when the test ends. */
const decodeMs = 600_000;

it('a transcription that is cancelled in the middle of a chunk has ended before that chunk is done', async () => {
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
  const { assetId, handle } = await harness.ingest(samplePath);
  await until(() => reached('decode', 'begin'));
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow(/cancel/i);
  await until(async () => (await countRunning(transcriberPid)) === 0);

  expect(await reached('decode', 'end')).toBe(false);
  expect(harness.dependencies.transcripts.listSavedChunks(assetId)).toEqual([]);
  expect(harness.dependencies.assets.get(assetId).status).toBe('cancelled');
});
