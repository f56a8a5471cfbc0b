import { appLanguage } from '../../../src-shared/domain/app-language.ts';
import type { MediaProbe, MediaStream } from '../../../src-shared/domain/media-probe.ts';
import { formatBytes, formatClock, formatCount, formatLanguage } from '../../ui/format.ts';
import { formatDateTimeIn } from '../../ui/zone-time.ts';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';

export interface Fact {
  name: string;
  value: string;
  /** Long machine text: may break anywhere, and is set in a fixed width. */
  isCode?: true;
}

const decimal = new Intl.NumberFormat(appLanguage, { maximumFractionDigits: 2 });
const coordinate = new Intl.NumberFormat(appLanguage, { maximumFractionDigits: 5 });

/** What is known about the file, in words. Whatever is missing is left out. */
export function factsOf(asset: AssetDetail, zone: string): Fact[] {
  // The worker checked it against its schema when it was written; an older one may lack what was added since.
  const probe = asset.probe as Partial<MediaProbe> | null;
  return [
    fact('Original name', asset.originalName),
    fact('Length', asset.durationMs, formatClock),
    fact('Size', asset.sizeBytes, formatBytes),
    fact('Recorded', asset.capturedAt, (instant) => formatDateTimeIn(instant, zone)),
    fact('Added', asset.createdAt, (instant) => formatDateTimeIn(instant, zone)),
    fact('Language', asset.language, formatLanguage),
    fact(
      'Place',
      probe?.location,
      ({ latitude, longitude }) => `${coordinate.format(latitude)}, ${coordinate.format(longitude)}`,
    ),
    fact('Device', probe?.tags?.device),
    fact('Container', probe?.container),
    fact('Bit rate', probe?.bitsPerSecond, formatBitRate),
    ...(probe?.streams ?? []).map((stream, index) => fact(`Stream ${index + 1}`, describeStream(stream))),
    fact('Loudness', asset.loudness?.integratedLufs, (lufs) => `${decimal.format(lufs)} LUFS`),
    fact('True peak', asset.loudness?.truePeakDbtp, (peak) => `${decimal.format(peak)} dBTP`),
    fact('Loudness range', asset.loudness?.rangeLu, (range) => `${decimal.format(range)} LU`),
    fact('Speech engine', asset.speechEngine),
    fact('Kept as', asset.storage === 'copy' ? 'A copy in the library' : 'The original, where it is'),
    ...code('File', asset.path),
    ...code('SHA-256', asset.contentHash),
  ].filter((candidate) => candidate !== null);
}

function fact(name: string, value: string | null | undefined): Fact | null;
function fact<Value>(
  name: string,
  value: Value | null | undefined,
  format: (value: Value) => string,
): Fact | null;
function fact<Value>(
  name: string,
  value: Value | null | undefined,
  format: (value: Value) => string = String,
): Fact | null {
  if (value === null || value === undefined || value === '') return null;
  return { name, value: format(value) };
}

function code(name: string, value: string | null): Fact[] {
  return value === null ? [] : [{ name, value, isCode: true }];
}

function formatBitRate(bitsPerSecond: number): string {
  return `${formatCount(Math.round(bitsPerSecond / 1000))} kbit/s`;
}

/** "Video, h264, 1920 × 1080, 30 pictures/s", "Sound, aac, 2 channels, 48 kHz". */
export function describeStream(stream: MediaStream): string {
  const codec = stream.codec ?? 'unknown';
  switch (stream.type) {
    case 'video': {
      if (stream.isCoverArt) return `Cover picture, ${codec}`;
      const size =
        stream.widthPx === null || stream.heightPx === null ? null : `${stream.widthPx} × ${stream.heightPx}`;
      const rate = stream.frameRate === null ? null : `${decimal.format(stream.frameRate)} fps`;
      const turn = stream.rotationDegrees === 0 ? null : `turned by ${stream.rotationDegrees}°`;
      return join(['Video', codec, size, rate, turn]);
    }
    case 'audio': {
      const channels =
        stream.channels === null
          ? null
          : stream.channels === 1
            ? 'mono'
            : stream.channels === 2
              ? 'stereo'
              : `${stream.channels} channels`;
      const rate = stream.sampleRateHz === null ? null : `${decimal.format(stream.sampleRateHz / 1000)} kHz`;
      return join(['Sound', codec, channels, rate, stream.language]);
    }
    case 'subtitle':
      return join(['Subtitles', codec, stream.language]);
    case 'other':
      return join(['Other', codec]);
  }
}

function join(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ');
}
