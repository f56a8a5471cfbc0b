import type {
  AssetKind,
  AssetStatus,
  AssetSummary,
  IngestStep,
  IngestStepName,
  StepState,
} from '../../../src-shared/domain/asset.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatPercent, formatRemaining } from '../../ui/format.ts';
import type { Sort } from './library-search.ts';

export const kindTitles: Record<AssetKind, string> = { audio: 'Audio', video: 'Video', image: 'Images' };

export const statusTitles: Record<AssetStatus, string> = {
  ingesting: 'Processing',
  review: 'To review',
  approved: 'Approved',
  rejected: 'Rejected',
  failed: 'Failed',
  cancelled: 'Cancelled',
  duplicate: 'Duplicate',
};

export const statusTones: Record<AssetStatus, Tone> = {
  ingesting: 'accent',
  review: 'accent',
  approved: 'good',
  rejected: 'neutral',
  failed: 'bad',
  cancelled: 'neutral',
  duplicate: 'neutral',
};

export const sortTitles: Record<Sort, string> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  title: 'By title',
  longest: 'Longest first',
  relevance: 'Best match',
};

export const stepTitles: Record<IngestStepName, string> = {
  register: 'Register',
  probe: 'Examine',
  preview: 'Thumbnail and waveform',
  transcribe: 'Transcribe',
  describe: 'Describe',
  queue: 'Queue for review',
};

const stepActions: Record<IngestStepName, string> = {
  register: 'Reading the file',
  probe: 'Examining',
  preview: 'Making a preview',
  transcribe: 'Transcribing',
  describe: 'Writing a summary',
  queue: 'Finishing',
};

export const stepStateTitles: Record<StepState, string> = {
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  skipped: 'Not needed',
  deferred: 'Later',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** What an asset in work is at, in a few words: "Transcribing, 42%". */
export function describeStep(step: IngestStep | null): string {
  if (step === null || step.state === 'waiting') return 'Waiting for its turn';
  const action = stepActions[step.step];
  return step.progress === null ? action : `${action}, ${formatPercent(step.progress)}`;
}

/** With the time left, where it is known: "Transcribing, 42%, 3m left". */
export function describeStepWithTime(step: IngestStep | null): string {
  const remaining = step?.state === 'running' ? formatRemaining(step.remainingMs) : null;
  return remaining === null ? describeStep(step) : `${describeStep(step)}, ${remaining}`;
}

/** Whether work on it can be taken up again by the person. */
export function canRetry({ status }: Pick<AssetSummary, 'status'>): boolean {
  return status === 'failed' || status === 'cancelled';
}
