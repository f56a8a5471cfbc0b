import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src-shared/domain/error-codes.ts';
import { classifyMediaError, type MediaFailureEvidence } from './classify-media-error.ts';

const present = { state: 'present', sizeBytes: 1000 } as const;

/** The ends of outputs captured from ffmpeg and ffprobe 5.1, and from ffmpeg 9.0 where it words things otherwise. */
const captured = {
  noIndex: `[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55f72a157e80] [error] moov atom not found
[error] file:/videos/talk.mp4: Invalid data found when processing input`,
  noIndex9: `[in#0 @ 0x55684a27fd00] [error] Error opening input: Invalid data found when processing input
[error] Error opening input file talk.mp4.
[fatal] Error opening input files: Invalid data found when processing input`,
  text: `[mov,mp4,m4a,3gp,3g2,mj2 @ 0x5590f74d4e80] [warning] Format mov,mp4,m4a,3gp,3g2,mj2 detected only with low score of 1, misdetection possible!
[mov,mp4,m4a,3gp,3g2,mj2 @ 0x5590f74d4e80] [error] moov atom not found
[error] file:/videos/text.mp4: Invalid data found when processing input`,
  playlist: `[hls @ 0x55f745c6c280] [error] Format not on whitelist 'mp3,mov'
[error] playlist.mp4: Invalid argument`,
  missing: '[error] file:/videos/talk.mp4: No such file or directory',
  denied: '[error] file:/videos/talk.mp4: Permission denied',
  denied9: `[in#0 @ 0x560873a09d00] [error] Error opening input: Permission denied
[error] Error opening input file file:/videos/talk.mp4.
[fatal] Error opening input files: Permission denied`,
  diskFull: `[error] av_interleaved_write_frame(): No space left on device
[error] Error writing trailer of file:/dev/full: No space left on device
[error] Error closing file file:/dev/full: No space left on device`,
  diskFull9: `[out#0/s16le @ 0x55b5de682040] [error] Task finished with error code: -28 (No space left on device)
[out#0/s16le @ 0x55b5de682040] [error] Error closing file: No space left on device`,
  noDecoder: `[wav @ 0x560c66bae900] [warning] Could not find codec parameters for stream 0 (Audio: none (zz[0][0] / 0x7A7A), 44100 Hz, 2 channels, 1411 kb/s): unknown codec
[error] Decoder (codec none) not found for input stream #0:0`,
  noDecoder9: `[aist#0:0/none @ 0x5599af273600] [error] Decoding requested, but no decoder found for: none
[error] Error opening output file -.
[fatal] Error opening output files: Invalid argument`,
  noSound: `[fatal] Stream map '0:a:0' matches no streams.
To ignore this, add a trailing '?' to the map.`,
  noSound9: `[out#0/s16le @ 0x55771762d240] [error] Output file does not contain any stream
[error] Error opening output file -.
[fatal] Error opening output files: Invalid argument`,
  // Not captured: what av_strerror calls EIO and ENOMEM, and ffmpeg's last words before exit code 1.
  unplugged: '[error] file:/videos/talk.mp4: Input/output error',
  noMemory: '[error] Error while decoding stream #0:0: Cannot allocate memory',
  conversion: '[fatal] Conversion failed!',
};

const cases: [string, Partial<MediaFailureEvidence>, ErrorCode][] = [
  [
    'a file without its index',
    { file: present, toolOutput: captured.noIndex, detectedMime: 'video/mp4' },
    'media.truncated',
  ],
  [
    'a file without its index, worded by 9.0',
    { file: present, toolOutput: captured.noIndex9, detectedMime: 'video/mp4' },
    'media.truncated',
  ],
  ['text named .mp4', { file: present, toolOutput: captured.text, detectedMime: null }, 'input.not-media'],
  [
    'a play list named .mp4',
    { file: present, toolOutput: captured.playlist, detectedMime: null },
    'input.not-media',
  ],
  [
    'a document',
    { file: present, toolOutput: captured.text, detectedMime: 'application/pdf' },
    'input.not-media',
  ],
  ['a folder', { errnoCode: 'EISDIR', file: { state: 'folder' } }, 'input.not-media'],
  [
    'zero bytes',
    { file: { state: 'present', sizeBytes: 0 }, toolOutput: captured.noIndex },
    'input.empty-file',
  ],
  ['a file that is not there', { errnoCode: 'ENOENT' }, 'storage.vanished'],
  [
    'a file that vanished half-way',
    { file: { state: 'missing' }, toolOutput: captured.missing, exitCode: 1 },
    'storage.vanished',
  ],
  [
    'a file that vanished and left its data half read',
    { file: { state: 'missing' }, toolOutput: captured.noIndex, detectedMime: 'video/mp4' },
    'storage.vanished',
  ],
  ['a file without permission', { errnoCode: 'EACCES' }, 'storage.unreadable'],
  [
    'a file without permission, told by the tool',
    { file: present, toolOutput: captured.denied },
    'storage.unreadable',
  ],
  [
    'a file without permission, told by the tool, worded by 9.0',
    { file: present, toolOutput: captured.denied9 },
    'storage.unreadable',
  ],
  ['a drive that was pulled', { file: present, toolOutput: captured.unplugged }, 'storage.unreadable'],
  ['a read error', { errnoCode: 'EIO', file: present }, 'storage.unreadable'],
  ['a full disk', { errnoCode: 'ENOSPC' }, 'storage.disk-full'],
  ['a full quota', { errnoCode: 'EDQUOT' }, 'storage.disk-full'],
  [
    'a full disk, told by the tool',
    { file: present, toolOutput: captured.diskFull, exitCode: 1 },
    'storage.disk-full',
  ],
  [
    'a full disk, told by the tool, worded by 9.0',
    { file: present, toolOutput: captured.diskFull9, exitCode: 1 },
    'storage.disk-full',
  ],
  [
    'a full disk that also lost the file',
    { file: { state: 'missing' }, errnoCode: 'ENOSPC' },
    'storage.disk-full',
  ],
  ['a read-only disk', { errnoCode: 'EROFS' }, 'storage.read-only'],
  ['an unknown codec', { file: present, toolOutput: captured.noDecoder }, 'media.unsupported'],
  [
    'an unknown codec, worded by 9.0',
    { file: present, toolOutput: captured.noDecoder9 },
    'media.unsupported',
  ],
  ['a stream that is not there', { file: present, toolOutput: captured.noSound }, 'media.no-audio'],
  [
    'a stream that is not there, worded by 9.0',
    { file: present, toolOutput: captured.noSound9 },
    'media.no-audio',
  ],
  ['a missing tool', { file: present, errnoCode: 'ENOENT' }, 'dependency.missing'],
  ['a tool that was killed', { file: present, exitSignal: 'SIGKILL' }, 'media.failed'],
  ['memory that ran out', { file: present, toolOutput: captured.noMemory }, 'media.failed'],
  ['a tool that crashed', { operation: 'measure', file: present, exitSignal: 'SIGSEGV' }, 'media.failed'],
  [
    'anything else',
    { operation: 'measure', file: present, toolOutput: captured.conversion, exitCode: 1 },
    'media.failed',
  ],
];

const classify = (evidence: Partial<MediaFailureEvidence>) =>
  classifyMediaError({ operation: 'probe', fileName: 'talk.mp4', ...evidence });

describe('naming media errors', () => {
  it.each(cases)('%s', (_, evidence, code) => {
    expect(classify(evidence).code).toBe(code);
  });

  it.each(cases)('%s: says which file, and what to do, in one or two sentences', (_, evidence) => {
    const { userMessage } = classify(evidence);
    expect(userMessage).toContain('“talk.mp4”');
    expect(userMessage).toMatch(/unchanged|kept|[Nn]othing was changed/);
    expect(userMessage.split(/[.!?] /).length).toBeLessThanOrEqual(2);
    expect(userMessage).not.toMatch(/ffmpeg|ffprobe|ENO|moov|stream #/);
  });

  it('tries again by itself after the tool was killed, not after it crashed on this file', () => {
    expect(classify({ file: present, exitSignal: 'SIGKILL' }).retry).toBe('auto');
    expect(classify({ file: present, exitSignal: 'SIGSEGV' }).retry).toBe('user');
  });

  it('keeps the tool’s last words for the log', () => {
    const { details } = classify({ file: present, toolOutput: captured.denied, exitCode: 1 });
    expect(details).toMatchObject({ operation: 'probe', exitCode: 1, toolOutput: captured.denied });
  });
});
