import { and, asc, eq, gt, inArray, isNotNull } from 'drizzle-orm';
import type { AccountQueue } from '../../src-shared/domain/queue-slot.ts';
import type { LibraryDatabase } from '../database.ts';
import { post, postTarget, queueSlot } from '../schema/posts.ts';

export type QueueSlotRepository = ReturnType<typeof createQueueSlotRepository>;

/** When each account likes to publish. */
export function createQueueSlotRepository(database: LibraryDatabase) {
  const { orm } = database;
  return {
    list(): AccountQueue[] {
      const queues = new Map<string, AccountQueue>();
      const rows = orm
        .select()
        .from(queueSlot)
        .orderBy(asc(queueSlot.accountId), asc(queueSlot.weekday), asc(queueSlot.time))
        .all();
      for (const { accountId, zone, weekday, time } of rows) {
        const queue = queues.get(accountId) ?? { accountId, zone, slots: [] };
        queue.slots.push({ weekday, time });
        queues.set(accountId, queue);
      }
      return [...queues.values()];
    },

    replace({ accountId, zone, slots }: AccountQueue): void {
      orm.delete(queueSlot).where(eq(queueSlot.accountId, accountId)).run();
      for (const slot of slots) {
        orm
          .insert(queueSlot)
          .values({ accountId, zone, ...slot })
          .onConflictDoNothing()
          .run();
      }
    },

    /** The instants after this one at which one of the accounts has something already, apart from one post. */
    listTaken(accountIds: readonly string[], after: Date, exceptPostId: string | undefined): Set<string> {
      const rows = orm
        .select({ postId: post.postId, dueAt: post.dueAt })
        .from(postTarget)
        .innerJoin(post, eq(post.postId, postTarget.postId))
        .where(
          and(
            inArray(postTarget.accountId, [...accountIds]),
            inArray(postTarget.state, ['waiting', 'preparing', 'publishing', 'published']),
            isNotNull(post.dueAt),
            gt(post.dueAt, after.toISOString()),
          ),
        )
        .all();
      return new Set(
        rows.flatMap(({ postId, dueAt }) => (dueAt === null || postId === exceptPostId ? [] : [dueAt])),
      );
    },
  };
}
