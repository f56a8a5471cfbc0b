import type { IngestStep } from '../../../src-shared/domain/asset.ts';
import type { EntityLink } from '../../../src-shared/domain/entity-link.ts';
import type { Explanation, TimelineLine } from '../../../src-shared/domain/explanation.ts';
import type { CommandServices } from '../../commands/services.ts';
import { auditLines, inOrder, lineOf, wayOutOf, workLines } from './timeline.ts';

const stepNames = {
  register: 'Reading the file',
  probe: 'Examining',
  preview: 'Preview and waveform',
  transcribe: 'Transcription',
  describe: 'Title and summary',
  queue: 'Review queue',
} as const;

/** Why a recording stands as it does, from its steps, the audit and what the work engine knows. */
export async function explainAsset(assetId: string, services: CommandServices): Promise<Explanation> {
  const asset = services.assets.get(assetId);
  const steps = services.steps.list(assetId);
  const link: EntityLink = { kind: 'asset', id: assetId, url: null };
  const isAtWork = asset.status === 'ingesting';
  const work = isAtWork ? await workLines(asset.workflowId, link, services) : { lines: [], problem: null };
  const failed = steps.findLast(({ state }) => state === 'failed');
  const { cause, wayOut } = findCause(asset, steps, work.problem);
  const lines: TimelineLine[] = [
    lineOf({
      at: asset.createdAt,
      title: 'Taken into the library',
      detail: asset.path,
      source: 'step',
      link,
    }),
    ...steps.flatMap((step) => stepLines(step, link)),
    ...auditLines(assetId, services),
    ...work.lines,
  ];
  return {
    subject: { title: asset.title, state: asset.status, link },
    cause,
    wayOut,
    timeline: inOrder(lines, ({ title, source }) =>
      failed === undefined
        ? source === 'process' || (source === 'step' && title.includes('waits'))
        : title.startsWith(`${stepNames[failed.step]}: failed`),
    ),
  };
}

function stepLines(
  { step, state, startedAt, endedAt, note, error, attempt }: IngestStep,
  link: EntityLink,
): TimelineLine[] {
  const name = stepNames[step];
  const detail = error?.userMessage ?? note;
  const times = attempt > 1 ? `, try ${attempt}` : '';
  const started =
    startedAt === null
      ? []
      : [lineOf({ at: startedAt, title: `${name}: began${times}`, source: 'step', link })];
  if (endedAt === null)
    return state === 'running' || startedAt === null
      ? started
      : [...started, lineOf({ at: startedAt, title: `${name}: waits`, detail, source: 'step', link })];
  return [...started, lineOf({ at: endedAt, title: `${name}: ${state}`, detail, source: 'step', link })];
}

function findCause(
  asset: {
    status: string;
    error: { code: string; userMessage: string } | null;
    isFileMissing: boolean;
    hasSpeech: boolean | null;
  },
  steps: readonly IngestStep[],
  problem: string | null,
): { cause: string; wayOut: string | null } {
  const failed = steps.findLast(({ state }) => state === 'failed');
  const error = failed?.error ?? asset.error;
  if (error !== null) return { cause: error.userMessage, wayOut: wayOutOf(error.code) };
  if (asset.isFileMissing)
    return { cause: 'Its file is not where it was.', wayOut: 'Show Longhand where the file is now.' };
  switch (asset.status) {
    case 'ingesting': {
      if (problem !== null)
        return { cause: problem, wayOut: 'It goes on by itself as soon as that is ready.' };
      const running = steps.find(({ state }) => state === 'running');
      const waiting = steps.find(({ state }) => state === 'waiting');
      const step = running ?? waiting;
      return {
        cause:
          step === undefined
            ? 'It is nearly done.'
            : `${stepNames[step.step]} ${running === undefined ? 'waits for its turn' : 'is going on'}.${step.note === null ? '' : ` ${step.note}`}`,
        wayOut: null,
      };
    }
    case 'cancelled':
      return { cause: 'Its ingest was cancelled. What was transcribed is kept.', wayOut: 'Try it again.' };
    case 'duplicate':
      return { cause: 'The same file is in the library already.', wayOut: null };
    default: {
      const deferred = steps.find(({ state }) => state === 'deferred');
      if (deferred !== undefined)
        return {
          cause: `${stepNames[deferred.step]} was put off.${deferred.note === null ? '' : ` ${deferred.note}`}`,
          wayOut: 'It is done by itself as soon as a local model is there.',
        };
      if (asset.hasSpeech === false)
        return { cause: 'Nobody speaks in it, so there is no transcript.', wayOut: null };
      return { cause: 'Nothing went wrong: it is ready.', wayOut: null };
    }
  }
}
