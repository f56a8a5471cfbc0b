import { describe, expect, it } from 'vitest';
import { exportTranscript, type TranscriptToExport } from './transcript-export.ts';
import type { Segment } from './transcript.ts';

function segment(startMs: number, endMs: number, text: string): Segment {
  return {
    segmentId: '00000000-0000-4000-8000-000000000000',
    startMs,
    endMs,
    text,
    words: [],
    confidence: 0.9,
    suspect: null,
    isEdited: false,
  };
}

const transcript: TranscriptToExport = {
  title: 'A talk: part 1/2',
  originalName: 'talk.mp4',
  language: 'en',
  durationMs: 3_700_000,
  segments: [
    segment(0, 1500, ' Hello there.'),
    segment(1600, 2000, 'Two\n\nlines'),
    segment(2000, 2100, '  '),
    segment(3_661_007, 3_662_000, 'a < b & c --> d'),
  ],
};

describe('exportTranscript', () => {
  it('writes SubRip: numbered, with a comma, no blank line within a cue, and no empty cue', () => {
    expect(exportTranscript(transcript, 'srt').text).toBe(
      [
        '1\n00:00:00,000 --> 00:00:01,500\nHello there.\n',
        '2\n00:00:01,600 --> 00:00:02,000\nTwo lines\n',
        '3\n01:01:01,007 --> 01:01:02,000\na < b & c --> d\n',
      ].join('\n'),
    );
  });

  it('writes WebVTT: its header, a point, and marks escaped', () => {
    expect(exportTranscript(transcript, 'vtt').text).toBe(
      [
        'WEBVTT\n',
        '00:00:00.000 --> 00:00:01.500\nHello there.\n',
        '00:00:01.600 --> 00:00:02.000\nTwo lines\n',
        '01:01:01.007 --> 01:01:02.000\na &lt; b &amp; c --&gt; d\n',
      ].join('\n'),
    );
  });

  it('writes plain text in paragraphs that begin after a pause', () => {
    expect(exportTranscript(transcript, 'txt').text).toBe('Hello there. Two lines\n\na < b & c --> d\n');
  });

  it('writes JSON that other programs can read', () => {
    expect(JSON.parse(exportTranscript(transcript, 'json').text)).toMatchObject({
      title: 'A talk: part 1/2',
      language: 'en',
      segments: [{ startMs: 0, endMs: 1500 }, { text: 'Two\n\nlines' }, { startMs: 3_661_007 }],
    });
  });

  it('names the file after the title, with nothing that a file system refuses', () => {
    const nameOf = (title: string) => exportTranscript({ ...transcript, title }, 'srt').fileName;
    expect(nameOf('A talk: part 1/2')).toBe('A talk part 1 2.srt');
    expect(nameOf('..\\..\\etc')).toBe('etc.srt');
    expect(nameOf('???')).toBe('transcript.srt');
    expect(nameOf('x'.repeat(500))).toHaveLength(104);
  });

  it('gives hours more than two digits and a cue of no length a moment', () => {
    const long = { ...transcript, segments: [segment(360_000_000, 360_000_000, 'late')] };
    expect(exportTranscript(long, 'srt').text).toContain('100:00:00,000 --> 100:00:00,001');
  });

  it('of a recording without speech is empty but valid', () => {
    const silent = { ...transcript, segments: [] };
    expect(exportTranscript(silent, 'srt').text).toBe('');
    expect(exportTranscript(silent, 'vtt').text).toBe('WEBVTT\n');
  });
});
