import { toPost } from '../../src-data/posts/post-store.ts';
import { describeDue, resolveTime } from '../../src-shared/domain/due-time.ts';
import { assetIdsOf, contentOf } from '../../src-shared/domain/post.ts';
import type { VariantContent } from '../../src-shared/domain/variant-content.ts';
import type { ChangeHandler, QueryHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { findWarnings } from './check-posts.ts';
import { findNextSlot } from './resolve-when.ts';

const lateSinceMs = 7 * 24 * 3_600_000;

export const readPost: QueryHandler<'read-post'> = {
  answer({ postId }, services) {
    const stored = services.posts.get(postId);
    const post = toPost(stored);
    const { targets, content, due } = post;
    const contents = [content, ...targets.flatMap((target) => target.variant ?? [])];
    return {
      ...post,
      receipts: services.posts.listReceipts(postId),
      accounts: targets.flatMap(({ accountId }) => {
        const account = services.accounts.findEver(accountId);
        if (account === undefined) return [];
        const { platform, name } = account;
        const isConnected = services.accounts.find(accountId)?.state === 'connected';
        return [{ accountId, platform, name, isConnected }];
      }),
      assets: describeAssets(contents, services),
      warnings: findWarnings(
        {
          postId,
          content,
          targets: targets.map((target) => ({
            accountId: target.accountId,
            variant: contentOf(post, target),
          })),
          dueAt: due?.dueAt ?? null,
        },
        services,
      ),
      dueText: due === null ? null : describeDue(due, services.now()),
    };
  },
};

function describeAssets(contents: readonly VariantContent[], { assets }: CommandServices) {
  return [...new Set(contents.flatMap(assetIdsOf))].flatMap((assetId) => {
    const asset = assets.find(assetId);
    if (asset === undefined) return [];
    const { title, kind, durationMs, hasThumbnail, status, isFileMissing } = asset;
    const isReady = !isFileMissing && (status === 'review' || status === 'approved');
    return [{ assetId, title, kind, durationMs, hasThumbnail, isReady }];
  });
}

export const listPosts: QueryHandler<'list-posts'> = {
  answer: (input, { postQueries }) => postQueries.list(input),
};

export const listLatePosts: QueryHandler<'list-late-posts'> = {
  answer({ since }, { postQueries, now }) {
    const at = now();
    return {
      posts: postQueries.listLate(since ?? new Date(at.getTime() - lateSinceMs).toISOString(), at),
    };
  },
};

export const findNextSlotOf: QueryHandler<'find-next-slot'> = {
  answer({ accountIds, after }, services) {
    const at = services.now();
    const due = findNextSlot(accountIds, after === undefined ? at : new Date(after), services);
    return { due, dueText: due === null ? null : describeDue(due, at) };
  },
};

export const listQueueSlots: QueryHandler<'list-queue-slots'> = {
  answer: (_input, { queueSlots }) => ({ queues: queueSlots.list() }),
};

export const setQueueSlots: ChangeHandler<'set-queue-slots'> = {
  prepare({ accountId, zone: given, slots }, { accounts, queueSlots, now, zone: readZone }) {
    const zone = given ?? readZone();
    // Refuses a zone that does not exist.
    resolveTime(now().toISOString(), zone);
    return () => {
      accounts.get(accountId);
      const queue = { accountId, zone, slots };
      queueSlots.replace(queue);
      return { output: queue, entityId: accountId };
    };
  },
};
