import { describe, expect, it } from 'vitest';
import { fileExtensionOf, isMediaFileName, isTemporaryFileName, mediaKindOfFileName } from './media-kinds.ts';

describe('media file names', () => {
  it.each([
    ['talk.MP4', 'video'],
    ['talk.final.mkv', 'video'],
    ['note.m4a', 'audio'],
    ['note.AIFF', 'audio'],
    ['holiday.JPeG', 'image'],
    ['/recordings/2026.01/note.opus', 'audio'],
    ['C:\\recordings.mp3\\readme', null],
    ['notes.txt', null],
    ['mp4', null],
    ['.mp4', null],
    ['', null],
  ])('%s promises %s', (fileName, kind) => {
    expect(mediaKindOfFileName(fileName)).toBe(kind);
  });

  it.each([
    '.hidden.mp4',
    'video.mp4.part',
    'video.mp4.crdownload',
    'Unconfirmed 1.mp4.CRDOWNLOAD',
    'song.mp3~',
    '~song.mp3',
    '._resource-fork.mp4',
  ])('leaves %s alone', (fileName) => {
    expect(isTemporaryFileName(fileName)).toBe(true);
    expect(isMediaFileName(fileName)).toBe(false);
  });

  it('takes ordinary names with dots, spaces and letters of any alphabet', () => {
    expect(isMediaFileName('Ångström – día 1.v2.mov')).toBe(true);
    expect(fileExtensionOf('录音.wav')).toBe('wav');
  });
});
