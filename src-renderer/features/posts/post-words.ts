import type { PostState, PostTarget, TargetState } from '../../../src-shared/domain/post.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatQuantity } from '../../ui/format.ts';

export const stateTitles: Record<PostState, string> = {
  draft: 'Draft',
  waiting: 'Scheduled',
  preparing: 'Getting ready',
  publishing: 'Being sent',
  published: 'Published',
  deleting: 'Being deleted',
  deleted: 'Deleted',
  partial: 'Differs by account',
  unconfirmed: 'Not confirmed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  missed: 'Missed',
  'needs-decision': 'Late, your decision',
  'to-mark': 'To post by hand',
};

export const stateTones: Record<PostState, Tone> = {
  draft: 'neutral',
  waiting: 'accent',
  preparing: 'accent',
  publishing: 'accent',
  published: 'good',
  deleting: 'accent',
  deleted: 'neutral',
  partial: 'warn',
  unconfirmed: 'warn',
  failed: 'bad',
  cancelled: 'neutral',
  missed: 'bad',
  'needs-decision': 'warn',
  'to-mark': 'warn',
};

interface Standing {
  state: PostState;
  targets: readonly { state: TargetState }[];
}

/** What a person is asked for, the most pressing first. */
const needs: readonly TargetState[] = ['failed', 'missed', 'needs-decision', 'unconfirmed', 'to-mark'];

function needOf({ targets }: Standing): TargetState | undefined {
  return needs.find((need) => targets.some(({ state }) => state === need));
}

/** Where a post stands; of one that stands differently for its accounts, how far it went wrong or has gone out. */
export function stateTitleOf(post: Standing): string {
  if (post.state !== 'partial') return stateTitles[post.state];
  if (post.targets.some(({ state }) => state === 'published')) return 'Published in part';
  return needOf(post) === 'failed' ? 'Failed in part' : stateTitles.partial;
}

/** What a post needs the person for, and for how many of its accounts where not for all. */
export function needTitleOf(post: Standing): string {
  const need = post.state === 'partial' ? needOf(post) : undefined;
  if (need === undefined) return stateTitleOf(post);
  const count = post.targets.filter(({ state }) => state === need).length;
  return `${stateTitles[need]}, for ${count} of ${formatQuantity(post.targets.length, 'account')}`;
}

type TriedTarget = Pick<PostTarget, 'state' | 'error'>;

/** No further try is of use before its account is connected again. */
export function waitsForAccount({ state, error }: TriedTarget, isConnected: boolean): boolean {
  return state === 'waiting' && error !== null && !isConnected;
}

/** Where it stands for one account, also after a try that failed. */
export function targetTitleOf(target: TriedTarget, isConnected: boolean): string {
  const { state, error } = target;
  if (error === null || (state !== 'waiting' && state !== 'deleting')) return stateTitles[state];
  return waitsForAccount(target, isConnected) ? 'Waits for its account' : 'Trying again';
}
