import type { Segment, TranscriptFormat } from './transcript.ts';

export interface TranscriptToExport {
  title: string;
  originalName: string;
  language: string | null;
  durationMs: number | null;
  segments: readonly Segment[];
}

export interface ExportedTranscript {
  fileName: string;
  mimeType: string;
  text: string;
}

const mimeTypes = {
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  txt: 'text/plain',
  json: 'application/json',
} as const satisfies Record<TranscriptFormat, string>;

/** A silence after which a new paragraph begins. */
const paragraphPauseMs = 2000;
/** A subtitle that ends when it begins is refused by some players. */
const shortestCueMs = 1;

/** Writes a transcript in one of the formats that other programs read. */
export function exportTranscript(
  transcript: TranscriptToExport,
  format: TranscriptFormat,
): ExportedTranscript {
  const spoken = transcript.segments.filter((segment) => segment.text.trim() !== '');
  return {
    fileName: `${toFileName(transcript.title)}.${format}`,
    mimeType: mimeTypes[format],
    text: write(transcript, spoken, format),
  };
}

function write(transcript: TranscriptToExport, spoken: Segment[], format: TranscriptFormat): string {
  switch (format) {
    case 'srt':
      return toSubRip(spoken);
    case 'vtt':
      return toWebVtt(spoken);
    case 'txt':
      return toParagraphs(spoken);
    case 'json':
      return toJson(transcript, spoken);
  }
}

/** Numbered cues with a comma before the milliseconds; a blank line ends a cue, so none may stand within. */
function toSubRip(segments: readonly Segment[]): string {
  return segments
    .map((segment, index) => `${index + 1}\n${cueTimes(segment, ',')}\n${toSingleLine(segment.text)}\n`)
    .join('\n');
}

/** https://www.w3.org/TR/webvtt1/: `&`, `<` and `>` would be read as marks. */
function toWebVtt(segments: readonly Segment[]): string {
  const cues = segments.map(
    (segment) => `${cueTimes(segment, '.')}\n${escapeForVtt(toSingleLine(segment.text))}\n`,
  );
  return ['WEBVTT\n', ...cues].join('\n');
}

function toParagraphs(segments: readonly Segment[]): string {
  const paragraphs: string[][] = [];
  let previousEndMs = Number.NEGATIVE_INFINITY;
  for (const segment of segments) {
    const text = toSingleLine(segment.text);
    if (segment.startMs - previousEndMs >= paragraphPauseMs) paragraphs.push([text]);
    else paragraphs.at(-1)?.push(text);
    previousEndMs = segment.endMs;
  }
  return paragraphs.map((sentences) => `${sentences.join(' ')}\n`).join('\n');
}

function toJson(transcript: TranscriptToExport, segments: readonly Segment[]): string {
  const { title, originalName, language, durationMs } = transcript;
  const written = segments.map(({ startMs, endMs, text, words, confidence, suspect }) => ({
    startMs,
    endMs,
    text,
    words,
    confidence,
    suspect,
  }));
  return `${JSON.stringify({ title, originalName, language, durationMs, segments: written }, null, 2)}\n`;
}

function cueTimes({ startMs, endMs }: Segment, decimalMark: ',' | '.'): string {
  const lastMs = Math.max(endMs, startMs + shortestCueMs);
  return `${formatTime(startMs, decimalMark)} --> ${formatTime(lastMs, decimalMark)}`;
}

/** `01:02:03,456`. Hours take as many digits as they need. */
function formatTime(totalMs: number, decimalMark: ',' | '.'): string {
  const rounded = Math.round(totalMs);
  const milliseconds = rounded % 1000;
  const seconds = Math.floor(rounded / 1000) % 60;
  const minutes = Math.floor(rounded / 60_000) % 60;
  const hours = Math.floor(rounded / 3_600_000);
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0');
  return `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}${decimalMark}${pad(milliseconds, 3)}`;
}

function toSingleLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function escapeForVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A name that every file system takes, from a title that may hold anything. */
function toFileName(title: string): string {
  const name = title

    .replace(/[\u0000-\u001f<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/gu, '')
    .slice(0, 100)
    .trim();
  return name === '' ? 'transcript' : name;
}
