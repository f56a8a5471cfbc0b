import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Notice } from '../src-shared/domain/activity.ts';
import type { LibraryDatabase } from './database.ts';
import { notice } from './schema.ts';

export type NewNotice = Pick<Notice, 'kind' | 'title' | 'body' | 'target'> & {
  /** Given where the same notice must not be made twice by a step that is repeated. */
  noticeId?: string;
};

export type NoticeRepository = ReturnType<typeof createNoticeRepository>;

/** What the person should hear of even if the window was closed. */
export function createNoticeRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  return {
    /** Adds a notice; one with an id that is there already is left as it is. */
    add({ noticeId = randomUUID(), ...rest }: NewNotice): void {
      orm
        .insert(notice)
        .values({ noticeId, ...rest, createdAt: now().toISOString() })
        .onConflictDoNothing()
        .run();
    },

    /** Newest first. */
    list(filter: { onlyUnread: boolean; limit: number }): Notice[] {
      return orm
        .select()
        .from(notice)
        .where(filter.onlyUnread ? eq(notice.isRead, false) : undefined)
        .orderBy(desc(notice.createdAt))
        .limit(filter.limit)
        .all();
    },

    /** Returns how many were unread before. */
    markRead(noticeIds: readonly string[]): number {
      return orm
        .update(notice)
        .set({ isRead: true })
        .where(and(inArray(notice.noticeId, [...noticeIds]), eq(notice.isRead, false)))
        .run().changes;
    },
  };
}
