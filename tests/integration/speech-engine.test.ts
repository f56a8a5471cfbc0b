import { execa } from 'execa';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../../src-node/logger.ts';
import { requireNativePart, resolveNativePart } from '../../src-node/native-parts.ts';
import {
  createSpeechEngine,
  type CreatedSpeechEngine,
} from '../../src-worker/adapters/speech/create-speech-engine.ts';
import type { SpeechEngine } from '../../src-worker/adapters/speech/speech-engine.ts';
import { findOnPath } from '../fixtures/find-media-tools.ts';
import { jfkPath, makeMusic, makeNoise, makeSilence, readSpeech } from '../fixtures/speech-audio.ts';

const fastEngine = resolveNativePart('speechEngine');
const english = { language: 'en' };
let cacheFolder: string;
let created: CreatedSpeechEngine;
let engine: SpeechEngine;
let speech: Float32Array;

function create(
  prefer: 'ctranslate2' | 'whisper.cpp',
  modelPath = requireNativePart('whisperModel').path,
  threads = 2,
) {
  return createSpeechEngine({ modelPath, cacheFolder, logger: createSilentLogger(), prefer, threads });
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
const textOf = (segments: { text: string }[]): string => segments.map(({ text }) => text).join(' ');

/** Processes that we started and that run a program of this name. */
async function findChildren(name: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const [, comm = '', parent = ''] = /\((.*)\) . (\d+)/.exec(stat) ?? [];
      return Number(parent) === process.pid && name.startsWith(comm) && comm !== '' ? Number(pid) : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined);
}

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'longhand-speech-'));
  speech = await readSpeech(jfkPath);
});
afterAll(() => rm(cacheFolder, { recursive: true }));

describe.skipIf(fastEngine === undefined)('the fast speech engine', () => {
  beforeAll(async () => {
    created = await create('ctranslate2');
    ({ engine } = created);
  });
  afterAll(() => engine.close());

  it('says which engine it is and why', () => {
    expect(created.reason).toMatch(/^CTranslate2 \d+\.\d+\.\d+: .+\.$/);
    expect(engine.languages).toContain('de');
  });

  it('hears a real recording, with word times that run forward and lie in the speech', async () => {
    const encoded = await engine.encode(speech);
    expect(await engine.detectLanguage(encoded)).toMatchObject({ language: 'en' });
    const segments = await engine.decode(encoded, english);
    expect(wordsIn(textOf(segments))).toEqual(
      wordsIn(
        'And so my fellow Americans ask not what your country can do for you ask what you can do for your country',
      ),
    );
    const words = segments.flatMap((segment) => segment.words);
    expect(words).toHaveLength(22);
    for (const [i, word] of words.entries()) {
      expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
      expect(word.startMs).toBeGreaterThanOrEqual(words[i - 1]?.endMs ?? 0);
    }
    const probabilities = words.map(({ probability }) => probability);
    expect(probabilities.reduce((sum, one) => sum + one, 0) / words.length).toBeGreaterThan(0.7);
    // Where these words are was read off the waveform.
    expect(words.find(({ text }) => text === 'ask')?.startMs).toBeGreaterThan(3000);
    expect(words.find(({ text }) => text === 'ask')?.startMs).toBeLessThan(3600);
    expect(words.at(-1)?.endMs).toBeGreaterThan(9_900);
    expect(segments.every(({ suspect }) => suspect === null)).toBe(true);
  });

  it('gives the same text while another chunk is encoded, and after other chunks', async () => {
    const encoded = await engine.encode(speech);
    const alone = await engine.decode(encoded, english);
    const other = engine.encode(makeNoise(5, 0.05));
    expect(await engine.decode(encoded, english)).toEqual(alone);
    await engine.decode(await other, english);
    // As after a restart: the encoded chunk comes back from disk.
    const restored = { ...encoded, bytes: Uint8Array.from(encoded.bytes) };
    expect(await engine.decode(restored, english)).toEqual(alone);
  });

  it('gives the same numbers and text on the cores of one stage, with those of the other, and on more', async () => {
    // Nothing else to do: each stage has the other's core as well.
    const encoded = await engine.encode(speech);
    const segments = await engine.decode(encoded, english);

    let isEncoded = false;
    const decodeOnAndOn = async (): Promise<void> => {
      while (!isEncoded) expect(await engine.decode(encoded, english)).toEqual(segments);
    };
    const decoding = decodeOnAndOn();
    const meanwhile = await engine.encode(speech);
    isEncoded = true;
    await decoding;
    expect(Buffer.compare(meanwhile.bytes, encoded.bytes)).toBe(0);

    const { engine: wider } = await create('ctranslate2', undefined, 8);
    try {
      expect(Buffer.compare((await wider.encode(speech)).bytes, encoded.bytes)).toBe(0);
      expect(await wider.decode(encoded, english)).toEqual(segments);
    } finally {
      await wider.close();
    }
  });

  it.each([
    ['silence', makeSilence(20)],
    ['noise', makeNoise(15, 0.05)],
    ['music', makeMusic(15)],
  ])('invents nothing over %s', async (_title, samples) => {
    expect(await engine.decode(await engine.encode(samples), english)).toEqual([]);
  });

  it('takes up its work again where its process was killed', async () => {
    const before = await engine.decode(await engine.encode(speech), english);
    const encoding = engine.encode(speech);
    const [pid] = await findChildren('longhand-speech');
    if (pid === undefined) throw new Error('no speech engine process');
    process.kill(pid, 'SIGKILL');
    expect(await engine.decode(await encoding, english)).toEqual(before);
    expect(await findChildren('longhand-speech')).not.toContain(pid);
  });

  it.each([
    ['before its work has begun', () => Promise.resolve()],
    ['in the middle of its work', () => setImmediate()],
  ])('stops when cancelled %s, and can be used again', async (_title, wait) => {
    const abort = new AbortController();
    const encoding = engine.encode(speech, { signal: abort.signal });
    const other = engine.encode(speech);
    const stopped = expect(encoding).rejects.toThrow('cancelled by the person');
    await wait();
    abort.abort(new Error('cancelled by the person'));
    await stopped;
    // The request of another caller may be lost with the process; it is done all the same.
    const { bytes } = await other;
    expect(bytes.length).toBeGreaterThan(1_000_000);
  });

  it('refuses a chunk that is longer than the bound on lost work', async () => {
    await expect(engine.encode(makeSilence(29))).rejects.toThrow(RangeError);
  });

  it('refuses a language that the model does not know', async () => {
    const encoded = await engine.encode(speech);
    await expect(engine.decode(encoded, { language: 'xx' })).rejects.toThrow('does not know the language');
  });

  it('says what to do about a damaged half-finished chunk', async () => {
    const damaged = { bytes: Uint8Array.from([1, 2, 3]), durationMs: 1000 };
    await expect(engine.decode(damaged, english)).rejects.toMatchObject({
      code: 'dependency.speech-engine-crashed',
      retry: 'auto',
    });
  });

  it.skipIf(findOnPath('espeak-ng') === null)('tells languages apart and writes their letters', async () => {
    const path = join(cacheFolder, 'spanish.wav');
    const sentence = 'Buenos días. Hoy vamos a hablar de la historia de España y de sus ciudades.';
    await execa('espeak-ng', ['-v', 'es', '-s', '140', '-w', path, sentence]);
    const encoded = await engine.encode(await readSpeech(path));
    const { language } = await engine.detectLanguage(encoded);
    expect(language).toBe('es');
    expect(textOf(await engine.decode(encoded, { language }))).toContain('España');
  });
});

describe('choosing a speech engine', () => {
  it('says that a model is not there', async () => {
    await expect(create('ctranslate2', join(cacheFolder, 'nothing'))).rejects.toMatchObject({
      code: 'dependency.speech-model-missing',
    });
  });

  it('says that a file is no model', async () => {
    await expect(create('ctranslate2', jfkPath)).rejects.toMatchObject({ code: 'input.not-a-model' });
  });

  it('hears the same speech with the portable engine, where there is no fast one', async () => {
    const portable = await createSpeechEngine({
      modelPath: requireNativePart('whisperModel').path,
      cacheFolder,
      logger: createSilentLogger(),
      sidecarPath: undefined,
      threads: 2,
    });
    try {
      expect(portable.reason).toContain('not installed');
      const encoded = await portable.engine.encode(speech.slice(0, 3 * 16_000));
      const segments = await portable.engine.decode(encoded, english);
      expect(wordsIn(textOf(segments))).toEqual(wordsIn('And so my fellow Americans'));
      expect(segments.flatMap(({ words }) => words)).toHaveLength(5);
    } finally {
      await portable.engine.close();
    }
  });
});
