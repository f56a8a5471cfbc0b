import { describe, expect, it } from 'vitest';
import { chooseStreams } from './choose-streams.ts';
import { parseFfprobeReport } from './parse-ffprobe-report.ts';

const format = {
  format_name: 'mov,mp4,m4a,3gp,3g2,mj2',
  duration: '6.014000',
  start_time: '0.000000',
  probe_score: 100,
};
const picture = {
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  width: 1920,
  height: 1080,
  avg_frame_rate: '30000/1001',
};
const sound = {
  index: 1,
  codec_type: 'audio',
  codec_name: 'aac',
  channels: 2,
  sample_rate: '48000',
  bit_rate: '128000',
};

function report(...streams: object[]) {
  return parseFfprobeReport(JSON.stringify({ streams, format }));
}

describe('ffprobe report', () => {
  it('is put into our own words', () => {
    const { streams, statedDurationMs } = report(picture, { ...sound, tags: { language: 'deu' } });
    expect(statedDurationMs).toBe(6014);
    expect(streams[0]).toMatchObject({ type: 'video', widthPx: 1920, heightPx: 1080, frameRate: 29.97 });
    expect(streams[1]).toMatchObject({ type: 'audio', channels: 2, sampleRateHz: 48_000, language: 'deu' });
  });

  it.each([
    [-90, 90],
    [90, 270],
    [180, 180],
    [-180, 180],
    [0, 0],
  ])('turns a display matrix of %d into %d degrees clockwise', (rotation, rotationDegrees) => {
    const { streams } = report({
      ...picture,
      side_data_list: [{ side_data_type: 'Display Matrix', rotation }],
    });
    expect(streams[0]).toMatchObject({ rotationDegrees });
  });

  it('reads the older rotate tag', () => {
    expect(report({ ...picture, tags: { rotate: '270' } }).streams[0]).toMatchObject({
      rotationDegrees: 270,
    });
  });

  it('takes missing, unknown and impossible values for null', () => {
    const { streams, statedDurationMs } = parseFfprobeReport(
      JSON.stringify({
        streams: [
          {
            index: 0,
            codec_type: 'video',
            codec_name: 'unknown',
            width: 0,
            height: 0,
            avg_frame_rate: '0/0',
          },
        ],
        format: { format_name: 'matroska,webm', duration: 'N/A' },
      }),
    );
    expect(statedDurationMs).toBeNull();
    expect(streams[0]).toMatchObject({ codec: null, widthPx: null, frameRate: null, language: null });
  });

  it('lets the container’s tags win over those of a stream', () => {
    const json = JSON.stringify({
      streams: [{ ...sound, tags: { creation_time: 'stream', Encoder: 'x' } }],
      format: { ...format, tags: { CREATION_TIME: 'container' } },
    });
    expect(parseFfprobeReport(json).tags).toEqual({ creation_time: 'container', encoder: 'x' });
  });

  it('refuses what is no report', () => {
    expect(() => parseFfprobeReport('{}')).toThrow();
    expect(() => parseFfprobeReport('')).toThrow();
  });
});

describe('choosing streams', () => {
  it('takes the default ones, and the first where none is', () => {
    const second = { ...sound, index: 2, disposition: { default: 1 } };
    expect(chooseStreams(report(picture, sound, second).streams).sound?.index).toBe(2);
    expect(chooseStreams(report(picture, sound).streams)).toMatchObject({
      sound: { index: 1 },
      picture: { index: 0 },
    });
  });

  it('tells a cover from a moving picture', () => {
    const cover = { ...picture, codec_name: 'png', disposition: { attached_pic: 1 } };
    expect(chooseStreams(report(cover, sound).streams)).toMatchObject({
      picture: null,
      coverArt: { index: 0 },
    });
    // Cameras record moving pictures as a row of JPEGs.
    expect(chooseStreams(report({ ...picture, codec_name: 'mjpeg' }).streams).picture?.index).toBe(0);
  });

  it('passes over what cannot be decoded', () => {
    const unknown = { ...sound, codec_name: 'unknown' };
    expect(chooseStreams(report(unknown, { ...sound, index: 3 }).streams).sound?.index).toBe(3);
    expect(chooseStreams(report({ ...sound, channels: 0 }).streams).sound).toBeNull();
  });
});
