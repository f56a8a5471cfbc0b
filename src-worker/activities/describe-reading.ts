import type { TranscriptReading } from './ports.ts';

/** The note on a description: who wrote it, and from how much of the transcript. */
export function describeReading(model: string, { readParts, allParts }: TranscriptReading): string {
  if (allParts <= 1) return `Written by ${model}.`;
  if (readParts >= allParts)
    return `Written by ${model}, which read the whole transcript in ${allParts} parts.`;
  return `Written by ${model}, which read ${readParts} of ${allParts} parts, spread evenly over the recording: it takes so little text at once that all of it would have taken too long. A model with room for more reads everything.`;
}
