import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../../src-node/logger.ts';
import type { SpeechEngine } from '../adapters/speech/speech-engine.ts';
import type { AudioChunk } from './chunk-source.ts';
import { runPipeline, type PipelineOptions, type PipelineOutcome } from './pipeline.ts';
import type { TranscribedChunk } from './protocol.ts';
import { Scratch } from './scratch.ts';
import { toSavedChunk } from './testing/recordings.ts';
import { createScriptedEngine, engineLogLineSchema, type EngineScript } from './testing/scripted-engine.ts';

const chunkSamples = 16_000;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-pipeline-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function createEngine(script: Omit<EngineScript, 'logPath'> = {}): Promise<SpeechEngine> {
  const modelPath = join(folder, 'script.json');
  await writeFile(modelPath, JSON.stringify({ ...script, logPath: join(folder, 'log') }));
  const { engine } = await createScriptedEngine({
    modelPath,
    cacheFolder: folder,
    logger: createSilentLogger(),
  });
  return engine;
}

async function countBegun(stage: 'encode' | 'decode'): Promise<number> {
  const lines = (await readFile(join(folder, 'log'), 'utf8')).trimEnd().split('\n');
  return lines
    .map((line) => engineLogLineSchema.parse(JSON.parse(line)))
    .filter((line) => line.stage === stage && line.state === 'begin').length;
}

/** Chunks of one second: 's' is speech, '-' is silence. */
async function* makeChunks(pattern: string): AsyncGenerator<AudioChunk> {
  for (const [index, kind] of pattern.split('').entries()) {
    const startSample = index * chunkSamples;
    yield await Promise.resolve({
      startSample,
      endSample: startSample + chunkSamples,
      speech: kind === 's' ? [{ startSample: 0, endSample: chunkSamples }] : [],
      samples: new Float32Array(chunkSamples).fill((index + 1) / 100),
    });
  }
}

interface Heard {
  saved: TranscribedChunk[];
  log: string[];
  outcome: PipelineOutcome;
}

async function run(pattern: string, options: Partial<PipelineOptions> = {}): Promise<Heard> {
  const engine = options.engine ?? (await createEngine());
  const saved: TranscribedChunk[] = [];
  const log: string[] = [];
  const outcome = await runPipeline({
    engine,
    scratch: new Scratch(join(folder, 'scratch'), engine.identity),
    chunks: makeChunks(pattern),
    firstIndex: 0,
    savedChunks: [],
    language: undefined,
    saveLanguage: ({ language }) => {
      log.push(language);
      return Promise.resolve();
    },
    saveChunk: (chunk) => {
      saved.push(chunk);
      log.push(`${chunk.index}`);
      return Promise.resolve();
    },
    ...options,
  });
  return { saved, log, outcome };
}

describe('runPipeline', () => {
  it('saves the language first, then every chunk in order, spoken or silent', async () => {
    const { saved, log, outcome } = await run('s-ss-');
    expect(log).toEqual(['en', '0', '1', '2', '3', '4']);
    expect(saved.map(({ hasSpeech }) => hasSpeech)).toEqual([true, false, true, true, false]);
    expect(outcome).toEqual({ chunkCount: 5, language: 'en' });
  });

  it('does not let a chunk without text settle the language of those that follow', async () => {
    const engine = await createEngine({
      languages: [
        { language: 'nn', probability: 0.9 },
        { language: 'de', probability: 0.9 },
      ],
      deafDecodes: 1,
    });
    const { saved, log } = await run('sss', { engine });
    expect(log).toEqual(['0', 'de', '1', '2']);
    expect(saved.map(({ hasSpeech }) => hasSpeech)).toEqual([false, true, true]);
  });

  it('saves silence in front of the first speech without waiting for a language', async () => {
    expect((await run('--s')).log).toEqual(['0', '1', 'en', '2']);
  });

  it('knows no language where nobody speaks', async () => {
    expect((await run('--')).outcome).toEqual({ chunkCount: 2, language: null });
  });

  it('lets unsure chunks vote, and decodes all of them in the language that wins', async () => {
    const engine = await createEngine({
      languages: [
        { language: 'nn', probability: 0.4 },
        { language: 'de', probability: 0.3 },
        { language: 'de', probability: 0.3 },
      ],
    });
    const { saved, log } = await run('sssss', { engine });
    expect(log[0]).toBe('de');
    expect(saved.map(({ segments }) => segments[0]?.text.slice(0, 2))).toEqual([
      'de',
      'de',
      'de',
      'de',
      'de',
    ]);
  });

  it('does not wait for more speech for ever: the language is settled after three chunks, or at the end', async () => {
    const unsure = { languages: [{ language: 'de', probability: 0.2 }] };
    expect((await run('s---', { engine: await createEngine(unsure) })).log).toEqual([
      'de',
      '0',
      '1',
      '2',
      '3',
    ]);
    expect((await run('s-', { engine: await createEngine(unsure) })).log).toEqual(['de', '0', '1']);
  });

  it('says that nobody speaks where the engine hears nothing', async () => {
    const { saved } = await run('s', { engine: await createEngine({ deafDecodes: 1 }) });
    expect(saved).toMatchObject([{ hasSpeech: false, segments: [] }]);
  });

  it('passes over chunks that were saved out of order, and only if they are the same stretch', async () => {
    const [first, , third] = (await run('sss')).saved.map(toSavedChunk);
    const { log, outcome } = await run('sss', {
      savedChunks: [third, first && { ...first, endSample: 7 }].filter((chunk) => chunk !== undefined),
      language: 'en',
    });
    expect(log).toEqual(['0', '1']);
    expect(outcome.chunkCount).toBe(3);
  });

  it('does not encode again what was encoded before a crash, and leaves nothing behind', async () => {
    const engine = await createEngine();
    const crash = new Error('crash');
    const readKept = () => readdir(join(folder, 'scratch'));
    const crashed = run('ss', {
      engine,
      language: 'en',
      // The second one is encoded ahead, while the first is saved.
      async saveChunk() {
        const isWhole = (name: string) => !name.endsWith('.part');
        await expect.poll(async () => (await readKept()).filter(isWhole)).toHaveLength(2);
        throw crash;
      },
    });
    await expect(crashed).rejects.toBe(crash);
    expect(await countBegun('encode')).toBe(2);

    const { saved } = await run('ss', { engine, language: 'en' });
    expect(await countBegun('encode')).toBe(2);
    expect(saved).toEqual((await run('ss', { engine, language: 'en' })).saved);
    expect(await countBegun('encode')).toBe(4);
    expect(await readKept()).toEqual([]);
  });
});
