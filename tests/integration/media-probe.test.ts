import { beforeAll, describe, expect, it } from 'vitest';
import { mediaProbeSchema, type MediaProbe } from '../../src-shared/domain/media-probe.ts';
import { identifyMedia } from '../../src-worker/adapters/media/identify-media.ts';
import { probeMedia } from '../../src-worker/adapters/media/probe-media.ts';
import { findMediaTools } from '../fixtures/find-media-tools.ts';
import { awkwardNames, makeMediaCorpus, type MediaCorpus } from '../fixtures/make-media.ts';

const tools = findMediaTools();
const { signal } = new AbortController();
let corpus: MediaCorpus;

beforeAll(async () => {
  corpus = await makeMediaCorpus();
});

async function probe(name: string): Promise<MediaProbe> {
  return mediaProbeSchema.parse(await probeMedia(corpus.path(name), tools, { signal }));
}

const videoCases = [
  ['video.mp4', 'mp4', 'h264', 'aac'],
  ['video.mov', 'mov', 'h264', 'aac'],
  ['video.mkv', 'mkv', 'h264', 'aac'],
  ['video.webm', 'webm', 'vp8', 'opus'],
  ['video.avi', 'avi', 'mpeg4', 'mp3'],
] as const;

const audioCases = [
  ['sound.mp3', 'mp3', 'mp3'],
  ['sound.m4a', 'm4a', 'aac'],
  ['sound.wav', 'wav', 'pcm_s16le'],
  ['sound.flac', 'flac', 'flac'],
  ['sound.ogg', 'ogg', 'vorbis'],
  ['sound.opus', 'opus', 'opus'],
  ['sound.aiff', 'aiff', 'pcm_s16be'],
] as const;

const pictureCases = [
  ['plain.jpg', 'jpeg', 120, 80],
  ['corners.png', 'png', 120, 80],
  ['picture.webp', 'webp', 120, 80],
  ['picture.gif', 'gif', 320, 180],
  ['picture.avif', 'avif', 120, 80],
  ['picture.heic', 'heic', 64, 64],
  ['tiled.heic', 'heic', 1000, 700],
] as const;

describe('every common kind of media', () => {
  it.each(videoCases)('%s is video with sound', async (name, container, pictureCodec, soundCodec) => {
    const result = await probe(name);
    expect(result).toMatchObject({
      kind: 'video',
      container,
      displayWidthPx: 320,
      displayHeightPx: 180,
      rotationDegrees: 0,
      durationSource: 'container',
      warnings: [],
    });
    expect(Math.abs((result.durationMs ?? 0) - 6000)).toBeLessThan(150);
    expect(result.streams[result.pictureStreamIndex ?? -1]).toMatchObject({
      codec: pictureCodec,
      frameRate: 10,
    });
    expect(result.streams[result.soundStreamIndex ?? -1]).toMatchObject({ codec: soundCodec, channels: 2 });
  });

  it.each(audioCases)('%s is audio', async (name, container, codec) => {
    const result = await probe(name);
    expect(result).toMatchObject({ kind: 'audio', container, pictureStreamIndex: null, warnings: [] });
    expect(Math.abs((result.durationMs ?? 0) - 6000)).toBeLessThan(100);
    expect(result.streams[result.soundStreamIndex ?? -1]).toMatchObject({ type: 'audio', codec });
  });

  it.each(pictureCases)('%s is a picture', async (name, container, displayWidthPx, displayHeightPx) => {
    expect(await probe(name)).toMatchObject({
      kind: 'image',
      container,
      displayWidthPx,
      displayHeightPx,
      durationMs: null,
      soundStreamIndex: null,
      warnings: [],
    });
  });

  it('is identified without reading further', async () => {
    const identify = (name: string) => identifyMedia(corpus.path(name), tools, { signal });
    expect(await identify('video.mkv')).toEqual({
      kind: 'video',
      container: 'mkv',
      mimeType: 'video/matroska',
      isExtensionWrong: false,
    });
    expect(await identify('cover.mp3')).toMatchObject({ kind: 'audio', mimeType: 'audio/mpeg' });
    expect(await identify('wrong-extension.mp3')).toMatchObject({ kind: 'video', isExtensionWrong: true });
    expect(await identify('no-extension')).toMatchObject({ kind: 'audio', isExtensionWrong: false });
  });
});

describe('metadata', () => {
  it('is read from a telephone’s video', async () => {
    expect(await probe('phone.mp4')).toMatchObject({
      capturedAt: { instant: '2026-03-04T05:06:07.000Z', source: 'container', isZoneKnown: true },
      location: { latitude: 48.8577, longitude: 2.295, altitudeM: 35, source: 'iso6709' },
      tags: { title: 'On the tower' },
    });
  });

  it('is read from a camera’s picture', async () => {
    const result = await probe('orientation-6.jpg');
    expect(result).toMatchObject({
      displayWidthPx: 80,
      displayHeightPx: 120,
      rotationDegrees: 90,
      isMirrored: false,
      capturedAt: { instant: '2026-04-05T08:11:12.000Z', source: 'exif', isZoneKnown: true },
      tags: { device: 'Test Camera 1' },
    });
    expect(result.location?.latitude).toBeCloseTo(48.8577, 4);
    expect(result.location?.longitude).toBeCloseTo(-2.295, 4);
  });

  it('is null where the file says nothing', async () => {
    expect(await probe('sound.wav')).toMatchObject({
      capturedAt: null,
      location: null,
      tags: { title: null, artist: null, album: null, device: null },
    });
  });

  it('turns a rotated video upright', async () => {
    expect(await probe('rotated.mp4')).toMatchObject({
      rotationDegrees: 90,
      displayWidthPx: 180,
      displayHeightPx: 320,
    });
  });

  it.each(['cover.mp3', 'cover.m4a', 'cover.flac'])(
    'takes %s, which has a cover, for audio',
    async (name) => {
      expect(await probe(name)).toMatchObject({
        kind: 'audio',
        pictureStreamIndex: null,
        coverArtStreamIndex: 1,
      });
    },
  );

  it('keeps the language of a sound track', async () => {
    const result = await probe('video.mkv');
    expect(result.streams[result.soundStreamIndex ?? -1]?.language).toBe('deu');
  });
});

describe('length', () => {
  it.each([
    ['live.webm', null],
    ['streamed.wav', 6000],
  ])('%s is counted, since its header cannot know', async (name, statedDurationMs) => {
    const result = await probe(name);
    expect(result).toMatchObject({ durationSource: 'counted', statedDurationMs, warnings: [] });
    expect(Math.abs((result.durationMs ?? 0) - 6000)).toBeLessThan(50);
  });

  it('reaches 1 in its progress report', async () => {
    const fractions: number[] = [];
    await probeMedia(corpus.path('truncated.mp4'), tools, {
      signal,
      onProgress: (share) => fractions.push(share),
    });
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
  });
});

describe('awkward names', () => {
  it.each(awkwardNames)('%s is a name and nothing else', async (name) => {
    expect(await probe(name)).toMatchObject({ kind: 'audio', container: 'mp3' });
  });
});
