import { useMutation, useQuery } from '@tanstack/react-query';
import type { AppErrorDto } from '../../../../src-shared/domain/errors.ts';
import type { Plan, PlanItem } from '../../../../src-shared/domain/plan.ts';
import type { PostSummary } from '../../../../src-shared/domain/post.ts';
import { callPatiently, commandQuery } from '../../../app/command-data.ts';
import { toErrorDto } from '../../../app/command-error.ts';

/** The same plan makes the same key: pressed twice, or after a crash, nothing is scheduled twice. */
async function keyOf(plan: Plan): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(plan));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `plan-${Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

export interface CommitPlan {
  /** Undefined until the library was read. */
  isCommitted: boolean | undefined;
  /** The post that came of an item, wherever it was moved since. */
  findPost: (item: PlanItem) => PostSummary | undefined;
  isCommitting: boolean;
  error: AppErrorDto | null;
  commit: () => void;
}

/**
 * Schedules a plan whole. What came of it is read from the library, so that it is told after a restart too, and where
 * the plan was committed in words instead.
 */
export function useCommitPlan(plan: Plan | null): CommitPlan {
  const posts = useQuery({ ...commandQuery('listPosts', { limit: 2_000 }), enabled: plan !== null });
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (plan === null) return;
      await callPatiently(
        'schedulePlan',
        {
          title: plan.title,
          posts: plan.items.map(({ accountIds, text, dueAt, zone, assetId }) => ({
            accountIds,
            text,
            dueAt,
            zone,
            ...(assetId === null ? {} : { assetId }),
          })),
        },
        { idempotencyKey: await keyOf(plan) },
      );
      await posts.refetch();
    },
  });
  const findPost = (item: PlanItem) =>
    posts.data?.posts.find(({ state, text }) => state !== 'draft' && text === item.text.trim());
  return {
    isCommitted:
      posts.data === undefined ? undefined : (plan?.items ?? []).some((item) => findPost(item) !== undefined),
    findPost,
    isCommitting: isPending,
    error: error === null ? null : toErrorDto(error),
    commit: () => mutate(),
  };
}
