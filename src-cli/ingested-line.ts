import type { AssetDetail } from '../src-shared/domain/asset.ts';
import { errorTitle, type AppErrorDto } from '../src-shared/domain/errors.ts';
import type { Segment } from '../src-shared/domain/transcript.ts';
import { formatDuration } from './terminal.ts';

/** One line of `longhand ingest --json`: how one file fared. */
export interface IngestedLine {
  path: string;
  assetId: string | null;
  workflowId: string | null;
  /** The asset's status; `accepted` or `scheduled` without --wait; `refused` where no asset came of it. */
  status: AssetDetail['status'] | 'accepted' | 'scheduled' | 'refused';
  /** The content was in the library already: the line tells of that asset. */
  isDuplicate: boolean;
  durationMs: number | null;
  language: string | null;
  title: string | null;
  summary: string | null;
  keywords: string[];
  segments: { startMs: number; endMs: number; text: string }[];
  error: AppErrorDto | null;
}

const nothingKnown: Omit<IngestedLine, 'path' | 'status'> = {
  assetId: null,
  workflowId: null,
  isDuplicate: false,
  durationMs: null,
  language: null,
  title: null,
  summary: null,
  keywords: [],
  segments: [],
  error: null,
};

export function toRefusedLine(path: string, error: AppErrorDto): IngestedLine {
  return { path, status: 'refused', ...nothingKnown, error };
}

export function toStartedLine(
  path: string,
  started: { assetId: string; workflowId: string; status: 'accepted' | 'scheduled' },
): IngestedLine {
  return { path, ...nothingKnown, ...started };
}

export function toEndedLine(
  path: string,
  asset: AssetDetail,
  segments: readonly Segment[],
  isDuplicate: boolean,
): IngestedLine {
  const { assetId, workflowId, status, durationMs, language, title, summary, keywords, error } = asset;
  return {
    path,
    assetId,
    workflowId,
    status,
    isDuplicate,
    durationMs,
    language,
    title,
    summary,
    keywords,
    segments: segments.map(({ startMs, endMs, text }) => ({ startMs, endMs, text })),
    error,
  };
}

/** The same for people. */
export function describeLine(line: IngestedLine): string {
  const facts = [
    line.durationMs === null ? null : formatDuration(line.durationMs),
    line.language,
    line.isDuplicate ? 'in the library already' : null,
  ].filter((fact) => fact !== null);
  const head = `${line.path}: ${line.status}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
  const name = line.assetId === null ? [] : [`  ${line.title ?? ''}  ${line.assetId}`.trimEnd()];
  const spoken = line.segments.map(({ text }) => text.trim()).join(' ');
  const text = spoken === '' ? [] : [`  ${spoken}`];
  const error =
    line.error === null
      ? []
      : [`  ${errorTitle(line.error.code)}. ${line.error.userMessage} [${line.error.code}]`];
  return [head, ...name, ...text, ...error].join('\n');
}
