import type { TargetRow } from '../../src-data/posts/post-store.ts';
import type { ParsedInput } from '../../src-shared/contract/registry.ts';
import type { Account } from '../../src-shared/domain/account.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { descriptionOf, platformNames } from '../../src-shared/domain/platforms/known-platforms.ts';
import { contentOf, headingOf } from '../../src-shared/domain/post.ts';
import type { CommandPreview } from '../../src-shared/domain/approval.ts';
import type { DurableHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { wrongState } from '../commands/wrong-state.ts';
import { targetOf } from './change-posts.ts';
import { accountLines } from './preview-changes.ts';
import { contentLines, describeAccount, nameOf } from './preview-posts.ts';
import { postChange } from './schedule-posts.ts';

type Services = Pick<CommandServices, 'accounts' | 'posts'>;

/** What can be done about each account that has the post. */
interface Deletion {
  deletable: TargetRow[];
  /** Longhand cannot reach it there: the platform has no interface for it, or only the creator knows where it stands. */
  byHand: TargetRow[];
  disconnected: TargetRow[];
}

export const deletePublishedPost: DurableHandler<'delete-published-post'> = {
  record: (wish, services) => () => {
    const { posts } = services;
    const { row } = posts.get(wish.postId);
    const deletion = sort(findChosen(wish, services), services);
    const { deletable, byHand, disconnected } = deletion;
    if (deletable.length === 0) throw whyNotDeletable(wish, deletion, services);
    for (const target of deletable) posts.askToDelete(target);
    const stays = [...byHand, ...disconnected];
    const names = (targets: readonly TargetRow[]) =>
      targets.map(({ accountId }) => nameOf(accountId, services)).join(', ');
    return postChange(
      wish.postId,
      `“${headingOf(row.content)}” is being deleted from ${names(deletable)}.${stays.length === 0 ? '' : ` It stays on ${names(stays)}: delete it there yourself, then say that it is deleted.`}`,
      'changed',
    );
  },
  preview: previewDeletion,
};

export const resolveDeletion: DurableHandler<'resolve-deletion'> = {
  record:
    ({ postId, targetId, resolution }, { posts }) =>
    () => {
      const target = targetOf(postId, targetId, posts, ['published']);
      if (resolution === 'deleted-by-hand') {
        posts.markDeleted(target);
        return postChange(postId, 'Marked as deleted.', 'changed');
      }
      if (target.error === null) {
        throw wrongState('Nobody has asked to delete this. Nothing was changed.', { postId, targetId });
      }
      posts.keepPublished(target);
      return postChange(postId, 'It is left where it is.', 'changed');
    },
  preview: ({ postId, targetId, resolution }, services) => {
    const { row, targets } = services.posts.get(postId);
    const heading = headingOf(row.content);
    const isGone = resolution === 'deleted-by-hand';
    return {
      title: isGone ? `Mark “${heading}” as deleted` : `Leave “${heading}” where it is`,
      lines: [
        { label: 'Post', value: heading },
        ...accountLines(
          targets.filter((target) => target.targetId === targetId),
          services,
        ),
      ],
      warnings: isGone ? ['Nothing is deleted by this: it says that somebody has done so.'] : [],
      costs: [],
    };
  },
};

function previewDeletion(
  wish: ParsedInput<'delete-published-post'>,
  services: CommandServices,
): CommandPreview {
  const { row } = services.posts.get(wish.postId);
  const { deletable, byHand, disconnected } = sort(findChosen(wish, services), services);
  const heading = headingOf(row.content);
  const names = deletable.map(({ accountId }) => nameOf(accountId, services));
  return {
    title: `Delete “${heading}” from ${names.join(', ')}`,
    lines: [
      ...deletable.flatMap((target) => {
        const content = contentOf(row, target);
        const { length } = content.parts;
        return [
          { label: 'Deleted from', value: describeAccount(target.accountId, services) },
          ...(target.url === null ? [] : [{ label: 'Address', value: target.url }]),
          ...(length > 1 ? [{ label: 'All of it', value: `${length} posts of the thread` }] : []),
          ...contentLines(content, services),
        ];
      }),
      ...accountLines([...byHand, ...disconnected], services, 'Stays on'),
    ],
    warnings: [
      'It cannot be brought back: its address, and what others said and liked there, are gone for good.',
      ...new Set(deletable.flatMap(({ accountId }) => warningsFor(services.accounts.find(accountId)))),
    ],
    costs: [],
  };
}

/** What is published, for all accounts or for the one that is meant. */
function findChosen(
  { postId, targetId }: ParsedInput<'delete-published-post'>,
  { posts }: Services,
): TargetRow[] {
  if (targetId !== undefined) return [targetOf(postId, targetId, posts, ['published'])];
  return posts.get(postId).targets.filter(({ state }) => state === 'published');
}

function sort(targets: readonly TargetRow[], { accounts }: Services): Deletion {
  const deletion: Deletion = { deletable: [], byHand: [], disconnected: [] };
  for (const target of targets) {
    const isKnown = target.published !== null || target.frozen !== null;
    const account = accounts.findEver(target.accountId);
    if (isByHand(account) || !isKnown) deletion.byHand.push(target);
    else if (accounts.find(target.accountId) === undefined) deletion.disconnected.push(target);
    else deletion.deletable.push(target);
  }
  return deletion;
}

function whyNotDeletable(
  { postId }: ParsedInput<'delete-published-post'>,
  { byHand, disconnected }: Deletion,
  { accounts }: Services,
): AppError {
  const [gone] = disconnected;
  if (gone !== undefined) {
    const name = accounts.findEver(gone.accountId)?.name ?? 'Its account';
    return new AppError({
      code: 'platform.account-disconnected',
      userMessage: `“${name}” is disconnected, so Longhand cannot delete anything there. Nothing was changed. Connect the account again and delete it then, or delete it on the platform.`,
      retry: 'user',
      details: { postId },
    });
  }
  const [staying] = byHand;
  if (staying === undefined) {
    return wrongState('Nothing of this post is published. Nothing was changed.', { postId });
  }
  const account = accounts.findEver(staying.accountId);
  return wrongState(
    account !== undefined && isByHand(account)
      ? `Longhand cannot delete what was posted by hand on ${account.name}. Nothing was changed. Delete it there, then say that it is deleted.`
      : `You said yourself that this stands on ${account === undefined ? 'its platform' : `${account.name} (${platformNames[account.platform]})`}, so Longhand does not know where. Nothing was changed. Delete it there, then say that it is deleted.`,
    { postId },
  );
}

function isByHand(account: Pick<Account, 'platform'> | undefined): boolean {
  return account !== undefined && descriptionOf(account.platform).delivery === 'by-hand';
}

function warningsFor(account: Account | undefined): string[] {
  const warning = account && descriptionOf(account.platform).deletionWarning;
  return warning === undefined ? [] : [warning];
}
