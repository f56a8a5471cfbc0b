import type { Loudness } from '../../../src-shared/domain/asset.ts';

/** What the meter shows for digital silence; there is no number for it. */
const silenceLufs = -70;

/**
 * Reads the summary that ffmpeg's `ebur128` filter writes at its end (EBU R 128). Null where it was not written,
 * because nothing was decoded. Silence has no integrated loudness: null inside.
 */
export function parseLoudnessSummary(lines: readonly string[]): Loudness | null {
  const values = new Map<string, number>();
  for (const line of lines) {
    const match =
      /^\s*(?:\[[^\]]*\]\s*)*(I|LRA|Peak):\s+(-?(?:\d+(?:\.\d+)?|inf|nan))\s+(?:LUFS|LU|dBFS)\s*$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) values.set(match[1], Number(match[2]));
  }
  const integrated = values.get('I');
  if (integrated === undefined) return null;
  return {
    integratedLufs: integrated > silenceLufs ? integrated : null,
    truePeakDbtp: finiteOrNull(values.get('Peak')),
    rangeLu: integrated > silenceLufs ? finiteOrNull(values.get('LRA')) : null,
  };
}

function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
