import type { LatenessPolicy } from '../../../src-shared/domain/lateness.ts';
import { formatDuration } from '../../ui/format.ts';

export const beyondTitles: Record<LatenessPolicy['beyond'], string> = {
  publish: 'Publish it anyway',
  ask: 'Ask me',
  skip: 'Skip it',
};

/** What happens if it cannot go out on time, in a sentence. */
export function latenessTitle({ limitMinutes, beyond }: LatenessPolicy): string {
  if (beyond === 'publish') return 'If late: published as soon as possible';
  const then = beyond === 'ask' ? 'you are asked' : 'it is skipped';
  if (limitMinutes === 0) return `If late: ${then}`;
  return `If late: published up to ${formatDuration(limitMinutes * 60_000)} after, then ${then}`;
}
