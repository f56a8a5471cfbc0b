const progressKeys = new Set([
  'frame',
  'fps',
  'bitrate',
  'total_size',
  'out_time_us',
  'out_time_ms',
  'out_time',
  'dup_frames',
  'drop_frames',
  'speed',
  'progress',
]);

export interface ProgressReader {
  /** Takes one line; true if it belongs to ffmpeg's progress report. */
  readLine: (line: string) => boolean;
  /** How much output there is so far; null before the first report. */
  outTimeMs: () => number | null;
}

/**
 * Reads what `-progress pipe:2` writes: blocks of `key=value` lines, each ended by `progress=continue` or
 * `progress=end`. fluent-ffmpeg's own reader parses the line meant for people, and starts ffprobe once more for the
 * length that is known here.
 *
 * @param durationMs length of the output to come; null where it is not known, and then nothing is reported.
 */
export function createProgressReader(
  durationMs: number | null,
  onProgress: (fraction: number) => void = () => undefined,
): ProgressReader {
  let outTimeMs: number | null = null;
  let reported = 0;
  return {
    outTimeMs: () => outTimeMs,
    readLine: (line) => {
      const match = /^([a-z_0-9]+)=\s*(\S*)\s*$/.exec(line);
      const [, key, value] = match ?? [];
      if (key === undefined || value === undefined) return false;
      if (!progressKeys.has(key) && !/^stream_\d+_\d+_/.test(key)) return false;
      if (key === 'out_time_us' && /^-?\d+$/.test(value))
        outTimeMs = Math.max(0, Math.round(Number(value) / 1000));
      if (key === 'progress' && durationMs !== null && durationMs > 0 && outTimeMs !== null) {
        const fraction = Math.min(1, outTimeMs / durationMs);
        if (fraction > reported) {
          reported = fraction;
          onProgress(fraction);
        }
      }
      return true;
    },
  };
}
