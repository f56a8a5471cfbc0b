import type { WhenInput } from '../../src-shared/contract/post-commands.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import type { CommandServices } from '../commands/services.ts';
import { findDue } from './resolve-when.ts';

/** A post per account, counted on the day on which it is due. */
export function costOfPost(accountIds: readonly string[], dueAt: string | null): Cost[] {
  return accountIds.map((accountId) => ({
    unit: 'posts',
    amount: 1,
    accountId,
    ...(dueAt === null ? {} : { spentAt: dueAt }),
  }));
}

/** Of a wish: a draft, or content of its own. What is missing in it, the command itself says. */
export function costOfWish(
  wish: {
    postId?: string | undefined;
    targets?: readonly { accountId: string }[] | undefined;
    when: WhenInput;
  },
  services: CommandServices,
): Cost[] {
  const { postId, when } = wish;
  const targets = wish.targets ?? (postId === undefined ? [] : services.posts.get(postId).targets);
  const accountIds = targets.map(({ accountId }) => accountId);
  return costOfPost(accountIds, findDue(when, accountIds, services, postId).due.dueAt);
}

/** Of what is still to be sent of a post, at its own time or at another. */
export function costOfOpen(
  { postId, targetId, when }: { postId: string; targetId?: string | undefined; when?: WhenInput | undefined },
  services: CommandServices,
): Cost[] {
  const { row, targets } = services.posts.get(postId);
  const accountIds = targets
    .filter(({ state }) => !['draft', 'published', 'cancelled', 'unconfirmed'].includes(state))
    .filter((target) => targetId === undefined || target.targetId === targetId)
    .map(({ accountId }) => accountId);
  const dueAt = when === undefined ? row.dueAt : findDue(when, accountIds, services, postId).due.dueAt;
  return costOfPost(accountIds, dueAt);
}
