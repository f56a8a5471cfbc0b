import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AppErrorDto } from '../../../../src-shared/domain/errors.ts';
import type { Plan, PlanItem } from '../../../../src-shared/domain/plan.ts';
import { callPatiently } from '../../../app/command-data.ts';
import { toErrorDto } from '../../../app/command-error.ts';

export interface CommittedItem {
  postId: string;
  status: 'accepted' | 'scheduled';
}

/** By the place of the item in the plan. */
type Committed = ReadonlyMap<number, CommittedItem>;

const nothingYet: Committed = new Map();

/** The same plan and the same item make the same key: pressed twice, or after a crash, nothing is scheduled twice. */
async function keyOf(plan: Plan, item: PlanItem): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([plan, item]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `plan-${Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

async function commitItem(plan: Plan, item: PlanItem): Promise<CommittedItem> {
  const { entityId, status } = await callPatiently(
    'schedulePost',
    {
      content: {
        parts: [{ text: item.text, media: item.assetId === null ? [] : [{ assetId: item.assetId }] }],
      },
      targets: item.accountIds.map((accountId) => ({ accountId })),
      when: { kind: 'at', dueAt: `${item.date}T${item.time}`, zone: item.zone },
    },
    { idempotencyKey: await keyOf(plan, item) },
  );
  return { postId: entityId, status };
}

interface CommitPlan {
  committed: Committed;
  isCommitting: boolean;
  error: AppErrorDto | null;
  commit: () => void;
}

/** Schedules the posts of a plan one after another; what was scheduled stays so where a later one is refused. */
export function useCommitPlan(plan: Plan): CommitPlan {
  const queryClient = useQueryClient();
  const queryKey = ['committed-plan', plan] as const;
  // Kept beside the screens, so that looking elsewhere does not make it look undone.
  const { data: committed = nothingYet } = useQuery<Committed>({
    queryKey,
    queryFn: skipToken,
    gcTime: Infinity,
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      for (const [index, item] of plan.items.entries()) {
        const result = await commitItem(plan, item);
        queryClient.setQueryData<Committed>(queryKey, (before) => new Map(before).set(index, result));
      }
    },
  });
  return {
    committed,
    isCommitting: isPending,
    error: error === null ? null : toErrorDto(error),
    commit: () => mutate(),
  };
}
