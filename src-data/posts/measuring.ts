import type { PostMetrics } from '../../src-shared/domain/post.ts';
import type { LibraryDatabase } from '../database.ts';
import { createAccountPace } from './account-pace.ts';
import { createHolds } from './holds.ts';
import type { PostStore } from './post-store.ts';

/** One read after an hour, one after a day and one after a week. */
const measureAfterMs = [3_600_000, 24 * 3_600_000, 7 * 24 * 3_600_000] as const;

/** When the numbers of what is published now are read first. */
export function firstMeasuringAt(at: Date): string {
  return new Date(at.getTime() + measureAfterMs[0]).toISOString();
}

/** What a platform says of likes and the like, and when it is asked. */
export function createMeasuring(database: LibraryDatabase, store: PostStore, now: () => Date) {
  const pace = createAccountPace(database);
  const holds = createHolds(database, store, now);

  return {
    /** Whether the platform may be asked for numbers now; where it asked the account to wait, their time is put off. */
    mayMeasure(targetId: string): boolean {
      return database.transaction(() => {
        const target = store.findTarget(targetId);
        return target !== undefined && !holds.putOff(target);
      });
    },

    /** The platform has asked to wait, and not in a try that records it. */
    holdAccount: (accountId: string, askedMs: number): void =>
      database.transaction(() => pace.hold(accountId, now(), askedMs)),

    /** Times that have passed meanwhile, as in a sleep, are made up for by this one. */
    recordMetrics(targetId: string, metrics: PostMetrics | null): void {
      database.transaction(() => {
        const target = store.findTarget(targetId);
        if (target?.state !== 'published' || target.publishedAt === null) return;
        const publishedMs = Date.parse(target.publishedAt);
        const later = measureAfterMs.map((afterMs) => publishedMs + afterMs).slice(target.metricsCount + 1);
        const nextMs = later.find((atMs) => atMs > now().getTime());
        store.setTarget(target, {
          ...(metrics === null ? {} : { metrics }),
          metricsCount:
            target.metricsCount + 1 + (nextMs === undefined ? later.length : later.indexOf(nextMs)),
          metricsDueAt: nextMs === undefined ? null : new Date(nextMs).toISOString(),
        });
        if (metrics === null) return;
        const { postId, attempt, url } = target;
        store.addReceipt({
          ...{ postId, targetId, attempt, url },
          kind: 'measured',
          detail: describeMetrics(metrics),
        });
      });
    },
  };
}

function describeMetrics({ likes, reposts, replies }: PostMetrics): string {
  const parts = [
    likes === null ? null : `${likes} likes`,
    reposts === null ? null : `${reposts} reposts`,
    replies === null ? null : `${replies} replies`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'The platform tells no numbers.' : `${parts.join(', ')}.`;
}
