import type { WhenInput } from '../../src-shared/contract/post-inputs.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import { contentOf } from '../../src-shared/domain/post.ts';
import { isMovable } from '../../src-shared/domain/target-state.ts';
import type { VariantContent } from '../../src-shared/domain/variant-content.ts';
import type { CommandServices } from '../commands/services.ts';
import { renderingCosts } from './cost-rendering.ts';
import { resolveWhen } from './resolve-when.ts';

interface TargetCost {
  accountId: string;
  /** What is to appear there, where it is known already. */
  content: VariantContent | undefined;
}

/** A post per account, counted on the day on which it is due, and what making its media ready may take. */
export function costOfPost(
  targets: readonly TargetCost[],
  dueAt: string | null,
  services: CommandServices,
): Cost[] {
  return targets.flatMap(({ accountId, content }): Cost[] => [
    { unit: 'posts', amount: 1, accountId, ...(dueAt === null ? {} : { spentAt: dueAt }) },
    ...(content === undefined ? [] : costOfMedia(accountId, content, dueAt, services)),
  ]);
}

/** Only what making the media ready may take: of a post that is counted already. */
export function costOfMedia(
  accountId: string,
  { parts }: VariantContent,
  dueAt: string | null,
  services: CommandServices,
): Cost[] {
  const media = parts.flatMap((part) => part.media);
  return renderingCosts(media, accountId, services, dueAt);
}

/** Of a wish: a draft, or content of its own. What is missing in it, the command itself says. */
export function costOfWish(
  wish: {
    postId?: string | undefined;
    content?: VariantContent | undefined;
    targets?: readonly { accountId: string; variant: VariantContent | null }[] | undefined;
    when: WhenInput;
  },
  services: CommandServices,
): Cost[] {
  const { postId, when } = wish;
  const present = postId === undefined ? undefined : services.posts.get(postId);
  const content = wish.content ?? present?.row.content;
  const targets = wish.targets ?? present?.targets ?? [];
  const accountIds = targets.map(({ accountId }) => accountId);
  return costOfPost(
    targets.map(({ accountId, variant }) => ({ accountId, content: variant ?? content })),
    resolveWhen(when, accountIds, services, postId).due.dueAt,
    services,
  );
}

/** Of what is still to be sent of a post, at its own time or at another; or of a try for one account. */
export function costOfOpen(
  { postId, targetId, when }: { postId: string; targetId?: string | undefined; when?: WhenInput | undefined },
  services: CommandServices,
): Cost[] {
  const { row, targets } = services.posts.get(postId);
  const open = targets.filter((target) =>
    targetId === undefined ? isMovable(target.state) : target.targetId === targetId,
  );
  const accountIds = open.map(({ accountId }) => accountId);
  const dueAt = when === undefined ? row.dueAt : resolveWhen(when, accountIds, services, postId).due.dueAt;
  return costOfPost(
    open.map((target) => ({ accountId: target.accountId, content: contentOf(row, target) })),
    dueAt,
    services,
  );
}
