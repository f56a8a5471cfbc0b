import { describe, expect, it } from 'vitest';
import { decideImageIdentity, decideSoundOrVideoIdentity } from './decide-identity.ts';
import type { FfprobeReport } from './parse-ffprobe-report.ts';

const report = (formatName: string, probeScore = 100): FfprobeReport => ({
  formatName,
  probeScore,
  statedDurationMs: 1000,
  startMs: 0,
  bitsPerSecond: null,
  tags: {},
  streams: [],
});

describe('identity', () => {
  it.each([
    ['talk.mp4', 'mov,mp4,m4a,3gp,3g2,mj2', 'video/mp4', 'mp4', false],
    ['talk.MOV', 'mov,mp4,m4a,3gp,3g2,mj2', 'video/quicktime', 'mov', false],
    ['talk.m4a', 'mov,mp4,m4a,3gp,3g2,mj2', 'audio/x-m4a', 'm4a', false],
    ['talk.webm', 'matroska,webm', 'video/webm', 'webm', false],
    ['talk.mp4', 'wav', 'audio/wav', 'wav', true],
    ['talk.mp3', 'matroska,webm', 'video/matroska', 'mkv', true],
    ['talk', 'mp3', 'audio/mpeg', 'mp3', false],
  ])('%s in %s with %s is %s', (fileName, formatName, mime, container, isExtensionWrong) => {
    expect(decideSoundOrVideoIdentity(fileName, report(formatName), mime)).toMatchObject({
      kind: 'audio',
      container,
      isExtensionWrong,
    });
  });

  it('does not believe a format guessed from the name alone', () => {
    expect(decideSoundOrVideoIdentity('x.mp3', report('mp3', 1), null)).toBeNull();
    expect(decideSoundOrVideoIdentity('x.mp3', report('mp3', 1), 'audio/mpeg')).not.toBeNull();
  });

  it('knows only the listed containers', () => {
    expect(decideSoundOrVideoIdentity('x.mp4', report('hls'), null)).toBeNull();
    expect(decideSoundOrVideoIdentity('x.txt', report('tty'), null)).toBeNull();
  });

  it('knows pictures by their content', () => {
    expect(decideImageIdentity('a.png', 'image/jpeg')).toMatchObject({
      container: 'jpeg',
      isExtensionWrong: true,
    });
    expect(decideImageIdentity('a.heic', 'image/heic')).toMatchObject({
      container: 'heic',
      isExtensionWrong: false,
    });
    expect(decideImageIdentity('a.tif', 'image/tiff')).toBeNull();
    expect(decideImageIdentity('a.jpg', null)).toBeNull();
  });
});
