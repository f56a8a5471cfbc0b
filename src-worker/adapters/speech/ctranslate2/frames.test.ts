import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameDecoder } from './frames.ts';

const stream = Buffer.concat([
  ...encodeFrame({ id: 1, text: 'grüß' }),
  ...encodeFrame({ id: 2 }, Uint8Array.from([1, 2, 3])),
  ...encodeFrame({ id: 3 }),
]);

describe('FrameDecoder', () => {
  it('reads the same messages wherever the stream is cut', () => {
    for (let cut = 1; cut < stream.length; cut += 1) {
      const decoder = new FrameDecoder();
      const frames = [...decoder.push(stream.subarray(0, cut)), ...decoder.push(stream.subarray(cut))];
      expect(frames.map(({ header, payload }) => [header, [...payload]])).toEqual([
        [{ id: 1, text: 'grüß' }, []],
        [{ id: 2 }, [1, 2, 3]],
        [{ id: 3 }, []],
      ]);
    }
  });

  it('reads messages that come byte by byte', () => {
    const decoder = new FrameDecoder();
    const frames = [...stream].flatMap((byte) => decoder.push(Buffer.from([byte])));
    expect(frames).toHaveLength(3);
  });

  it('refuses a length that no message has', () => {
    expect(() => new FrameDecoder().push(Buffer.alloc(8, 0xff))).toThrow('dependency.speech-engine-crashed');
  });

  it('refuses a header that is not JSON', () => {
    const bytes = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('no')]);
    expect(() => new FrameDecoder().push(bytes)).toThrow('dependency.speech-engine-crashed');
  });
});
