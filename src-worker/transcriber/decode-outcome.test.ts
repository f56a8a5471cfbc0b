import { describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/domain/errors.ts';
import { judgeDecodeEnd, type DecodeEnd } from './decode-outcome.ts';

const second = 16_000;
const goodEnd: DecodeEnd = {
  fileName: 'talk.m4a',
  file: { state: 'present', sizeBytes: 1000 },
  exitCode: 0,
  exitSignal: null,
  toolOutput: '',
  startSample: 0,
  endSample: 60 * second,
  expectedMs: 60_000,
};

function codeOf(end: Partial<DecodeEnd>): string {
  try {
    return judgeDecodeEnd({ ...goodEnd, ...end }) ?? 'fine';
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${error.retry}`;
    throw error;
  }
}

describe('judgeDecodeEnd', () => {
  it.each<[string, Partial<DecodeEnd>, string]>([
    ['a whole recording', {}, 'fine'],
    ['a recording of unknown length', { expectedMs: null }, 'fine'],
    ['sound that is shorter than the pictures', { endSample: 30 * second }, 'fine'],
    [
      'a file that breaks off',
      { endSample: 30 * second, toolOutput: 'stream 0, offset 0x187ac: partial file' },
      'truncated',
    ],
    ['a decoder that gave up in the middle', { endSample: 30 * second, exitCode: 1 }, 'truncated'],
    ['nothing left after the last saved chunk', { startSample: 60 * second }, 'fine'],
    [
      'no sound track',
      { exitCode: 1, endSample: 0, toolOutput: "Stream map '0:a:0' matches no streams." },
      'media.no-audio never',
    ],
    ['a sound track of no length', { endSample: 0 }, 'media.zero-duration never'],
    [
      'a sound track that cannot be read',
      { exitCode: 1, endSample: 0, toolOutput: 'Invalid data found when processing input' },
      'media.unsupported never',
    ],
    ['ffmpeg killed from outside', { exitCode: null, exitSignal: 'SIGKILL' }, 'media.failed auto'],
    [
      'a file that is gone before the start',
      { exitCode: 1, endSample: 0, file: { state: 'missing' } },
      'storage.vanished user',
    ],
    [
      'a file that went away half-way',
      { endSample: 30 * second, file: { state: 'missing' } },
      'storage.vanished user',
    ],
    ['a file deleted only after it was read', { file: { state: 'missing' } }, 'fine'],
    [
      'a file that may no longer be read on a resumed run',
      { exitCode: 1, startSample: 30 * second, endSample: 30 * second, file: { state: 'unreadable' } },
      'storage.unreadable user',
    ],
  ])('judges %s', (_, end, expected) => {
    expect(codeOf(end)).toBe(expected);
  });
});
