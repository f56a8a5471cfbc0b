import { execa } from 'execa';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readWaveform, summariseWaveform } from '../../src-shared/domain/waveform.ts';
import { makeThumbnail, type ThumbnailResult } from '../../src-worker/adapters/media/make-thumbnail.ts';
import { measureSound, type SoundMeasurement } from '../../src-worker/adapters/media/measure-sound.ts';
import { probeMedia } from '../../src-worker/adapters/media/probe-media.ts';
import { findMediaTools } from '../fixtures/find-media-tools.ts';
import { makeMediaCorpus, type MediaCorpus } from '../fixtures/make-media.ts';

const tools = findMediaTools();
const { signal } = new AbortController();
let corpus: MediaCorpus;
let folder: string;

beforeAll(async () => {
  corpus = await makeMediaCorpus();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-previews-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('sound', () => {
  async function measure(name: string, onProgress?: (fraction: number) => void) {
    const path = corpus.path(name);
    const probe = await probeMedia(path, tools, { signal });
    const waveformPath = join(folder, 'waveform');
    const result = await measureSound(
      path,
      tools,
      { streamIndex: probe.soundStreamIndex ?? -1, durationMs: probe.durationMs, waveformPath },
      { signal, ...(onProgress ? { onProgress } : {}) },
    );
    return { result, waveform: readWaveform(await readFile(waveformPath)) };
  }

  it('of a known tone has the loudness and peak of that tone', async () => {
    // A sine of -14 dBFS, 1 kHz, in both channels at -3 dB each: the reference signal of the standard, scaled.
    const { result } = await measure('tone.wav');
    expect(result.loudness.integratedLufs).toBeCloseTo(-17.1, 1);
    expect(result.loudness.truePeakDbtp).toBeCloseTo(-17.1, 0);
    expect(result).toMatchObject({ decodedDurationMs: 3000, decodeErrorCount: 0, waveformPairCount: 150 });
  });

  it('is drawn as it is', async () => {
    const { waveform } = await measure('tone.wav');
    expect(waveform).toMatchObject({
      durationMs: 3000,
      pairCount: 150,
      sampleRateHz: 16_000,
      samplesPerPair: 320,
    });
    const { minimum, maximum } = summariseWaveform(waveform, { startMs: 100, endMs: 2900, columnCount: 10 });
    const expected = 10 ** (-17.1 / 20);
    for (const value of [...maximum, ...minimum.map(Math.abs)])
      expect(Math.abs(value - expected)).toBeLessThan(0.02);
  });

  it('of silence has no loudness, and a flat line', async () => {
    const { result, waveform } = await measure('silence.wav');
    expect(result.loudness).toEqual({ integratedLufs: null, truePeakDbtp: null, rangeLu: null });
    expect(waveform.pairs.every((value) => value === 0)).toBe(true);
  });

  it('that starts late is drawn at the time at which it is heard', async () => {
    const { waveform } = await measure('late-sound.mkv');
    const { maximum } = summariseWaveform(waveform, { startMs: 0, endMs: 8000, columnCount: 8 });
    expect([...maximum.slice(0, 2)]).toEqual([0, 0]);
    expect(Math.max(...maximum.slice(2))).toBeGreaterThan(0.3);
  });

  it('is the same in every container', async () => {
    const results: SoundMeasurement[] = [];
    for (const name of ['sound.wav', 'sound.aiff', 'sound.flac', 'video.mkv', 'sound.opus']) {
      results.push((await measure(name)).result);
    }
    const [reference, ...others] = results.map(({ loudness }) => loudness.integratedLufs ?? 0);
    for (const loudness of others) expect(Math.abs(loudness - (reference ?? 0))).toBeLessThan(0.3);
    for (const { decodedDurationMs } of results) expect(Math.abs(decodedDurationMs - 6000)).toBeLessThan(60);
  });

  it('reports its progress up to 1', async () => {
    const fractions: number[] = [];
    await measure('sound.flac', (fraction) => fractions.push(fraction));
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
  });
});

describe('thumbnails', () => {
  async function thumbnail(name: string): Promise<{ result: ThumbnailResult; jpegPath: string }> {
    const path = corpus.path(name);
    const probe = await probeMedia(path, tools, { signal });
    const jpegPath = join(folder, 'picture.jpg');
    return {
      result: await makeThumbnail(path, tools, { probe, thumbnailPath: jpegPath }, { signal }),
      jpegPath,
    };
  }

  it.each([
    ['video.mp4', 320, 180],
    ['video.webm', 320, 180],
    ['video.avi', 320, 180],
    ['live.webm', 320, 180],
    ['truncated.mkv', 320, 180],
    ['rotated.mp4', 180, 320],
    ['cover.mp3', 300, 300],
    ['cover.m4a', 300, 300],
    ['cover.flac', 300, 300],
    ['large.png', 640, 360],
    ['picture.webp', 120, 80],
    ['picture.gif', 320, 180],
    ['picture.avif', 120, 80],
    ['tiled.heic', 640, 448],
    ['sequence%03d.png', 120, 80],
    ['truncated.jpg', 120, 80],
  ])('%s has one of %d × %d', async (name, widthPx, heightPx) => {
    const { result, jpegPath } = await thumbnail(name);
    expect(result).toEqual({ outcome: 'made', widthPx, heightPx });
    expect((await readFile(jpegPath)).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  });

  it.each(['sound.wav', 'sound.mp3', 'unknown-picture-codec.mp4'])('%s has none', async (name) => {
    expect((await thumbnail(name)).result).toEqual({ outcome: 'none', reason: 'no-picture' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a video that begins in black show something', async () => {
    const { jpegPath } = await thumbnail('black-start.mp4');
    const pixels = await readPixels(jpegPath);
    expect(pixels.reduce((sum, value) => sum + value, 0) / pixels.length).toBeGreaterThan(50);
  });

  it('of a video that is all black are made all the same', async () => {
    expect((await thumbnail('black.mp4')).result.outcome).toBe('made');
  });

  it('of something transparent are white behind it', async () => {
    const pixels = await readPixels((await thumbnail('transparent.png')).jpegPath);
    expect(Math.min(...pixels)).toBeGreaterThan(250);
  });

  // Where EXIF says that the stored first row and column are to be shown.
  it.each([
    ['orientation-1.jpg', 'red lime blue white'],
    ['orientation-2.jpg', 'lime red white blue'],
    ['orientation-3.jpg', 'white blue lime red'],
    ['orientation-4.jpg', 'blue white red lime'],
    ['orientation-5.jpg', 'red blue lime white'],
    ['orientation-6.jpg', 'blue red white lime'],
    ['orientation-7.jpg', 'white lime blue red'],
    ['orientation-8.jpg', 'lime white red blue'],
    ['tiled.heic', 'red lime blue white'],
  ])('of a picture, turned or in tiles (%s), show its corners in order: %s', async (name, corners) => {
    const { result, jpegPath } = await thumbnail(name);
    if (result.outcome !== 'made') throw new Error('no thumbnail');
    const pixels = await readPixels(jpegPath);
    const colourAt = (x: number, y: number) => {
      const start = (Math.floor(y * result.heightPx) * result.widthPx + Math.floor(x * result.widthPx)) * 3;
      const [red = 0, green = 0, blue = 0] = pixels.subarray(start, start + 3);
      const names = [red > 128 ? 'red' : '', green > 128 ? 'lime' : '', blue > 128 ? 'blue' : ''].filter(
        Boolean,
      );
      return names.length === 3 ? 'white' : names.join('+');
    };
    expect([colourAt(0.2, 0.2), colourAt(0.8, 0.2), colourAt(0.2, 0.8), colourAt(0.8, 0.8)].join(' ')).toBe(
      corners,
    );
  });

  it('of a rotated video are upright', async () => {
    const upright = await thumbnailPixels('rotated.mp4', 'transpose=cclock');
    const stored = await thumbnailPixels('video.mp4', 'null');
    const difference = upright.reduce((sum, value, index) => sum + Math.abs(value - (stored[index] ?? 0)), 0);
    expect(difference / upright.length).toBeLessThan(12);
  });

  async function thumbnailPixels(name: string, filter: string): Promise<Buffer> {
    const { jpegPath } = await thumbnail(name);
    return readPixels(jpegPath, filter);
  }

  async function readPixels(jpegPath: string, filter = 'null'): Promise<Buffer> {
    const rawVideo = ['-vf', `${filter},format=rgb24`, '-f', 'rawvideo', '-'];
    const { stdout } = await execa(tools.ffmpegPath, ['-v', 'error', '-i', jpegPath, ...rawVideo], {
      encoding: 'buffer',
    });
    return Buffer.from(stdout);
  }
});

describe('cancelling', () => {
  it('ends the media tool, leaves nothing behind and rejects with the reason', async () => {
    const ffmpegPath = join(folder, 'slow-ffmpeg');
    const pidPath = join(folder, 'pid');
    await writeFile(
      ffmpegPath,
      `#!/bin/sh\necho $$ > '${pidPath}'\nprintf 'out_time_us=3000000\\nprogress=continue\\n' >&2\nexec sleep 600\n`,
      { mode: 0o755 },
    );
    const cancelling = new AbortController();
    const reason = new Error('the person has changed their mind');
    const work = measureSound(
      corpus.path('sound.wav'),
      { ...tools, ffmpegPath },
      { streamIndex: 0, durationMs: 6000, waveformPath: join(folder, 'waveform') },
      { signal: cancelling.signal, onProgress: () => cancelling.abort(reason) },
    );
    await expect(work).rejects.toBe(reason);
    const pid = Number(await readFile(pidPath, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect((await readdir(folder)).sort()).toEqual(['pid', 'slow-ffmpeg']);
  });

  it('before the start starts nothing', async () => {
    const reason = new Error('never mind');
    const aborted = AbortSignal.abort(reason);
    await expect(probeMedia(corpus.path('video.mp4'), tools, { signal: aborted })).rejects.toBe(reason);
  });
});
