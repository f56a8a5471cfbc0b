import { describe, expect, it } from 'vitest';
import type { AudioStream, VideoStream } from '../../../src-shared/domain/media-probe.ts';
import { describeStream } from './read-probe.ts';

const base = { index: 0, codec: 'h264', language: null, title: null, isDefault: true, durationMs: null };
const video: VideoStream = {
  ...base,
  type: 'video',
  widthPx: 1920,
  heightPx: 1080,
  frameRate: 29.97,
  rotationDegrees: 90,
  isCoverArt: false,
  bitsPerSecond: null,
};
const audio: AudioStream = {
  ...base,
  type: 'audio',
  codec: 'aac',
  channels: 2,
  channelLayout: 'stereo',
  sampleRateHz: 44_100,
  bitsPerSecond: null,
};

describe('a stream in words', () => {
  it('tells size, rate and turn of a picture', () => {
    expect(describeStream(video)).toBe('Video, h264, 1920 × 1080, 29.97 fps, turned by 90°');
  });

  it('tells channels and rate of sound, and leaves out what is not known', () => {
    expect(describeStream(audio)).toBe('Sound, aac, stereo, 44.1 kHz');
    expect(describeStream({ ...audio, codec: null, channels: null, sampleRateHz: null })).toBe(
      'Sound, unknown',
    );
  });

  it('does not take a cover for a film', () => {
    expect(describeStream({ ...video, codec: 'mjpeg', isCoverArt: true })).toBe('Cover picture, mjpeg');
  });
});
