import { execa } from 'execa';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src-shared/domain/error-codes.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { MediaWarning } from '../../src-shared/domain/media-probe.ts';
import { makeThumbnail } from '../../src-worker/adapters/media/make-thumbnail.ts';
import { measureSound } from '../../src-worker/adapters/media/measure-sound.ts';
import { probeMedia } from '../../src-worker/adapters/media/probe-media.ts';
import { findMediaTools, findOnPath } from '../fixtures/find-media-tools.ts';
import { makeMediaCorpus, type MediaCorpus } from '../fixtures/make-media.ts';

const tools = findMediaTools();
const { signal } = new AbortController();
let corpus: MediaCorpus;
let folder: string;

beforeAll(async () => {
  corpus = await makeMediaCorpus();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-broken-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  return thrown instanceof AppError ? thrown.code : `not an AppError: ${String(thrown)}`;
}

const refused: [string, ErrorCode][] = [
  ['empty.mp4', 'input.empty-file'],
  ['one-byte.mp3', 'input.not-media'],
  ['text.mp4', 'input.not-media'],
  ['subtitles.mp4', 'input.not-media'],
  ['document.mp3', 'input.not-media'],
  ['archive.mov', 'input.not-media'],
  ['zeros.wav', 'input.not-media'],
  ['noise.mp3', 'input.not-media'],
  ['playlist.mp4', 'input.not-media'],
  ['concat.mp4', 'input.not-media'],
  ['truncated-no-index.mp4', 'media.truncated'],
  ['truncated-no-index.mov', 'media.truncated'],
  ['zero-seconds.wav', 'media.zero-duration'],
  ['zero-seconds.m4a', 'media.zero-duration'],
  ['unknown-codec.wav', 'media.unsupported'],
  ['protected.mp4', 'media.protected'],
  ['there-is-no-such-file.mp4', 'storage.vanished'],
];

const usable: [string, MediaWarning['code']][] = [
  ['truncated.mp4', 'media.truncated'],
  ['truncated.mkv', 'media.truncated'],
  ['truncated.webm', 'media.truncated'],
  ['truncated.avi', 'media.truncated'],
  ['truncated.mp3', 'media.truncated'],
  ['truncated.wav', 'media.truncated'],
  ['truncated.aiff', 'media.truncated'],
  ['truncated.flac', 'media.truncated'],
  ['truncated.ogg', 'media.truncated'],
  ['truncated.opus', 'media.truncated'],
  ['truncated.jpg', 'media.truncated'],
  ['no-audio.mp4', 'media.no-audio'],
  ['unknown-picture-codec.mp4', 'media.unsupported'],
  ['wrong-extension.mp4', 'media.wrong-extension'],
  ['wrong-extension.mp3', 'media.wrong-extension'],
  ['picture.mp4', 'media.wrong-extension'],
];

describe('files that cannot be used', () => {
  it.each(refused)('%s is refused as %s', async (name, code) => {
    expect(await codeOf(probeMedia(corpus.path(name), tools, { signal }))).toBe(code);
  });
});

describe('files that can be used in part', () => {
  it.each(usable)('%s is used, with the warning %s', async (name, code) => {
    const probe = await probeMedia(corpus.path(name), tools, { signal });
    expect(probe.warnings.map((warning) => warning.code)).toEqual([code]);
    expect(probe.warnings[0]?.userMessage).toContain(`“${name}”`);
  });

  it.each(['truncated.mp4', 'truncated.mkv', 'truncated.mp3', 'truncated.flac'])(
    '%s: what is there is measured, and the length is that of what is there',
    async (name) => {
      const path = corpus.path(name);
      const probe = await probeMedia(path, tools, { signal });
      const sound = { streamIndex: probe.soundStreamIndex ?? -1, durationMs: probe.durationMs };
      const result = await measureSound(
        path,
        tools,
        { ...sound, waveformPath: join(folder, 'w') },
        { signal },
      );
      expect(result.decodedDurationMs).toBeGreaterThan(2000);
      expect(Math.abs(result.decodedDurationMs - (probe.durationMs ?? 0))).toBeLessThan(150);
    },
  );

  it.each(['damaged.mp3', 'damaged.mp4', 'damaged.ogg'])(
    '%s: the hole is skipped and counted',
    async (name) => {
      const path = corpus.path(name);
      const probe = await probeMedia(path, tools, { signal });
      const sound = { streamIndex: probe.soundStreamIndex ?? -1, durationMs: probe.durationMs };
      const result = await measureSound(
        path,
        tools,
        { ...sound, waveformPath: join(folder, 'w') },
        { signal },
      );
      expect(result.decodeErrorCount).toBeGreaterThan(0);
      expect(result.decodedDurationMs).toBeGreaterThan(5000);
    },
  );
});

describe('trouble outside the file', () => {
  it('names a folder for what it is', async () => {
    expect(await codeOf(probeMedia(folder, tools, { signal }))).toBe('input.not-media');
  });

  it('names a file without permission', async () => {
    const path = join(folder, 'private.mp3');
    await copyFile(corpus.path('sound.mp3'), path);
    await chmod(path, 0o000);
    const isRoot = process.geteuid?.() === 0;
    // Root may read anything: be somebody else for a moment.
    if (isRoot) {
      await chmod(folder, 0o755);
      process.seteuid?.(65_534);
    }
    try {
      expect(await codeOf(probeMedia(path, tools, { signal }))).toBe('storage.unreadable');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('names a file that vanishes while ffmpeg reads it', async () => {
    const path = join(folder, 'going.mp3');
    await copyFile(corpus.path('sound.mp3'), path);
    const ffmpegPath = await makeTool(`rm '${path}'; exec '${tools.ffmpegPath}' "$@"`);
    const sound = { streamIndex: 0, durationMs: 6000, waveformPath: join(folder, 'waveform') };
    expect(await codeOf(measureSound(path, { ...tools, ffmpegPath }, sound, { signal }))).toBe(
      'storage.vanished',
    );
    expect(await readdir(folder)).not.toContain('waveform');
  });

  it('names a missing media tool', async () => {
    const missing = { ffmpegPath: join(folder, 'ffmpeg'), ffprobePath: join(folder, 'ffprobe') };
    expect(await codeOf(probeMedia(corpus.path('sound.mp3'), missing, { signal }))).toBe(
      'dependency.missing',
    );
  });

  it('names a media tool that crashes, and leaves nothing behind', async () => {
    const path = corpus.path('sound.mp3');
    const ffmpegPath = await makeTool('kill -SEGV $$');
    const sound = { streamIndex: 0, durationMs: 6000, waveformPath: join(folder, 'waveform') };
    expect(await codeOf(measureSound(path, { ...tools, ffmpegPath }, sound, { signal }))).toBe(
      'media.failed',
    );
    expect(await readdir(folder)).toEqual(['tool']);
  });

  it('names a folder that is gone when the preview is to be saved', async () => {
    const path = corpus.path('video.mp4');
    const probe = await probeMedia(path, tools, { signal });
    const thumbnailPath = join(folder, 'gone', 'picture.jpg');
    expect(await codeOf(makeThumbnail(path, tools, { probe, thumbnailPath }, { signal }))).toBe(
      'storage.vanished',
    );
  });

  const unshare = findOnPath('unshare');
  it.runIf(unshare !== null)('names a full disk in every function that writes', async () => {
    const disk = join(folder, 'disk');
    await mkdir(disk);
    const script = fileURLToPath(new URL('../fixtures/report-full-disk.ts', import.meta.url));
    // A file system of one page in a namespace of its own; filled up, so that not one byte fits.
    const { stdout } = await execa(String(unshare), [
      ...['-r', '-m', 'sh', '-c'],
      'mount -t tmpfs -o size=4k none "$0" && head -c 4096 /dev/zero > "$0/full" && exec "$@"',
      ...[disk, process.execPath, script, disk, corpus.path('video.mp4')],
    ]);
    expect(JSON.parse(stdout)).toEqual({
      codes: {
        copy: 'storage.disk-full',
        copyChecked: 'storage.disk-full',
        waveform: 'storage.disk-full',
        thumbnail: 'storage.disk-full',
      },
      leftOver: ['full'],
    });
  });

  async function makeTool(script: string): Promise<string> {
    const path = join(folder, 'tool');
    await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return path;
  }
});

describe('originals', () => {
  it('are never changed by anything that looks at them', async () => {
    for (const name of ['video.mp4', 'truncated.mkv', 'cover.mp3', 'orientation-6.jpg']) {
      const path = corpus.path(name);
      const before = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      const probe = await probeMedia(path, tools, { signal });
      await makeThumbnail(path, tools, { probe, thumbnailPath: join(folder, 'picture.jpg') }, { signal });
      if (probe.soundStreamIndex !== null) {
        const sound = { streamIndex: probe.soundStreamIndex, durationMs: probe.durationMs };
        await measureSound(path, tools, { ...sound, waveformPath: join(folder, 'waveform') }, { signal });
      }
      expect(
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ).toBe(before);
    }
  });
});
