import { execa } from 'execa';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { blueskyLimits } from '../../src-connectors/bluesky/shared/bluesky-limits.ts';
import { feedLimits } from '../../src-connectors/feed/shared/feed-limits.ts';
import type { PlatformLimits } from '../../src-shared/domain/platforms/platform-limits.ts';
import type { Clip } from '../../src-shared/domain/variant-content.ts';
import { fitMedia, type FittedMedia } from '../../src-worker/adapters/media/fit/fit-media.ts';
import { findMediaTools } from '../fixtures/find-media-tools.ts';
import { makeMediaCorpus, type MediaCorpus } from '../fixtures/make-media.ts';

const signal = new AbortController().signal;
const tools = findMediaTools();

describe('fitting media to a platform', () => {
  let corpus: MediaCorpus;
  beforeAll(async () => {
    corpus = await makeMediaCorpus();
  });

  async function makeFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-fit-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }

  function fit(
    sourcePath: string,
    folder: string,
    limits: PlatformLimits = blueskyLimits,
    clip: Clip | null = null,
  ): Promise<FittedMedia> {
    return fitMedia({ sourcePath, contentKey: sourcePath, folder, limits, clip }, tools, { signal });
  }

  it('leaves alone what the platform takes as it is', async () => {
    const folder = await makeFolder();
    const fitted = await fit(corpus.path('video.mp4'), folder);
    expect(fitted.path).toBe(corpus.path('video.mp4'));
    expect(await readdir(folder)).toEqual([]);
  });

  it('makes a picture smaller until it fits, whatever is in it', async () => {
    const folder = await makeFolder();
    // Noise is the hardest to make small.
    const source = join(folder, 'noise.png');
    await execa(tools.ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'nullsrc=s=3000x2000,geq=random(1)*255:128:128'],
      ...['-frames:v', '1', '-update', '1', source],
    ]);
    expect((await stat(source)).size).toBeGreaterThan(blueskyLimits.image?.maxBytes ?? 0);
    const { path, mimeType, probe } = await fit(source, join(folder, 'fitted'));
    expect(mimeType).toBe('image/jpeg');
    expect((await stat(path)).size).toBeLessThanOrEqual(2_000_000);
    const ratio = (probe.displayWidthPx ?? 0) / (probe.displayHeightPx ?? 1);
    expect(ratio).toBeCloseTo(1.5, 1);
  });

  it('takes the place out of a picture, and turns it upright', async () => {
    const folder = await makeFolder();
    const { probe } = await fit(corpus.path('orientation-6.jpg'), folder);
    expect(probe).toMatchObject({ kind: 'image', location: null, rotationDegrees: 0, isMirrored: false });
    expect(probe.displayHeightPx).toBeGreaterThan(probe.displayWidthPx ?? Infinity);
  });

  it('makes one picture of the tiles that a telephone writes', async () => {
    const { mimeType, probe } = await fit(corpus.path('tiled.heic'), await makeFolder());
    expect(mimeType).toBe('image/jpeg');
    expect(probe).toMatchObject({ displayWidthPx: 1000, displayHeightPx: 700 });
  });

  it('shows transparent parts white, not black', async () => {
    const folder = await makeFolder();
    const limits = {
      ...blueskyLimits,
      image: blueskyLimits.image && { ...blueskyLimits.image, mimeTypes: ['image/jpeg'] },
    };
    const { path } = await fit(corpus.path('transparent.png'), folder, limits);
    const { stdout } = await execa(
      tools.ffmpegPath,
      ['-v', 'error', '-i', path, '-vf', 'scale=1:1', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'],
      { encoding: 'buffer' },
    );
    expect(stdout[0]).toBeGreaterThan(240);
  });

  it.each(['video.mov', 'video.mkv', 'video.webm', 'video.avi', 'rotated.mp4'])(
    'makes an MP4 with H.264 and AAC of %s',
    async (name) => {
      const folder = await makeFolder();
      const limits = {
        ...blueskyLimits,
        video: blueskyLimits.video && { ...blueskyLimits.video, maxPixels: 40_000 },
      };
      const { mimeType, probe } = await fit(corpus.path(name), folder, limits);
      expect(mimeType).toBe('video/mp4');
      expect(probe.container).toBe('mp4');
      expect(probe.streams.map(({ codec }) => codec).sort()).toEqual(['aac', 'h264']);
      expect((probe.displayWidthPx ?? 0) * (probe.displayHeightPx ?? 0)).toBeLessThanOrEqual(40_000);
      expect(probe.rotationDegrees).toBe(0);
    },
  );

  it('keeps a video within the size that is possible', async () => {
    const folder = await makeFolder();
    const maxBytes = 150_000;
    const limits = { ...blueskyLimits, video: blueskyLimits.video && { ...blueskyLimits.video, maxBytes } };
    const { path, probe } = await fit(corpus.path('video.mp4'), folder, limits);
    expect((await stat(path)).size).toBeLessThanOrEqual(maxBytes);
    expect(Math.abs((probe.durationMs ?? 0) - 6_000)).toBeLessThan(300);
  });

  it('cuts a clip out', async () => {
    const folder = await makeFolder();
    const { probe } = await fit(corpus.path('video.mp4'), folder, blueskyLimits, {
      startMs: 1_500,
      endMs: 4_000,
    });
    expect(Math.abs((probe.durationMs ?? 0) - 2_500)).toBeLessThan(200);
  });

  it('makes a video of a sound where only videos are taken, and an MP3 for a feed', async () => {
    const folder = await makeFolder();
    const video = await fit(corpus.path('sound.flac'), folder);
    expect(video.probe).toMatchObject({ kind: 'video', container: 'mp4' });
    const sound = await fit(corpus.path('sound.flac'), folder, feedLimits);
    expect(sound).toMatchObject({ mimeType: 'audio/mpeg', probe: { kind: 'audio', container: 'mp3' } });
  });

  it('says what is too long, before anything is made', async () => {
    const folder = await makeFolder();
    const limits = {
      ...blueskyLimits,
      video: blueskyLimits.video && { ...blueskyLimits.video, maxDurationMs: 3_000 },
    };
    await expect(fit(corpus.path('video.mkv'), folder, limits)).rejects.toMatchObject({
      code: 'input.over-limit',
    });
    const clip = { startMs: 0, endMs: 3_000 };
    await expect(fit(corpus.path('video.mkv'), folder, limits, clip)).resolves.toBeDefined();
  });

  it('finds again what was made, and leaves nothing behind when it is cancelled', async () => {
    const folder = await makeFolder();
    const cancelled = new AbortController();
    const request = {
      sourcePath: corpus.path('video.webm'),
      contentKey: 'video',
      folder,
      limits: blueskyLimits,
      clip: null,
    };
    const onProgress = () => cancelled.abort(new Error('no longer wanted'));
    const stopped = fitMedia(request, tools, { signal: cancelled.signal, onProgress });
    await expect(stopped).rejects.toThrow('no longer wanted');
    expect(await readdir(folder)).toEqual([]);

    const first = await fitMedia(request, tools, { signal });
    const { mtimeMs } = await stat(first.path);
    const second = await fitMedia(request, tools, { signal });
    expect(second.path).toBe(first.path);
    expect((await stat(second.path)).mtimeMs).toBe(mtimeMs);
  });
});
