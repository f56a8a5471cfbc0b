import { and, asc, desc, eq, gte, inArray, isNotNull, lt, notInArray } from 'drizzle-orm';
import type { PostMetrics, TargetState } from '../src-shared/domain/post.ts';
import { headingOf } from '../src-shared/domain/post.ts';
import type { LibraryDatabase } from './database.ts';
import { account } from './schema/accounts.ts';
import { post, postTarget } from './schema/posts.ts';

export interface PeriodFilter {
  from: string;
  to: string;
  accountId: string | undefined;
}

/** What became of a post for one account. */
export interface TargetOutcome {
  postId: string;
  heading: string;
  accountId: string;
  state: TargetState;
  dueAt: string | null;
  publishedAt: string | null;
  url: string | null;
  metrics: PostMetrics | null;
}

/** What the creator has let pass: published, or on its way. */
const approvedStates: TargetState[] = ['published', 'waiting', 'preparing', 'publishing'];

export type PostLookUp = ReturnType<typeof createPostLookUp>;

/** What think commands ask of posts. */
export function createPostLookUp({ orm }: LibraryDatabase) {
  return {
    /** What the creator says on these platforms (all, where none is named), newest first. */
    listApprovedTexts(platforms: readonly string[], limit: number): string[] {
      const rows = orm
        .select({ content: post.content, variant: postTarget.variant, platform: account.platform })
        .from(postTarget)
        .innerJoin(post, eq(post.postId, postTarget.postId))
        .innerJoin(account, eq(account.accountId, postTarget.accountId))
        .where(inArray(postTarget.state, approvedStates))
        .orderBy(desc(post.updatedAt))
        .limit(limit * 4)
        .all();
      const onPlatforms = rows.filter(
        ({ platform }) => platforms.length === 0 || platforms.includes(platform),
      );
      // A new platform learns from the others.
      const chosen = onPlatforms.length > 0 ? onPlatforms : rows;
      const texts = chosen.map(({ content, variant }) => (variant ?? content).parts[0]?.text.trim() ?? '');
      return [...new Set(texts.filter((text) => text !== ''))].slice(0, limit);
    },

    /** The instants at which something is due. */
    listDueTimes(from: Date, to: Date): Date[] {
      return orm
        .select({ dueAt: post.dueAt })
        .from(post)
        .where(
          and(
            notInArray(post.state, ['draft', 'cancelled', 'missed', 'deleted']),
            isNotNull(post.dueAt),
            gte(post.dueAt, from.toISOString()),
            lt(post.dueAt, to.toISOString()),
          ),
        )
        .orderBy(asc(post.dueAt))
        .all()
        .flatMap(({ dueAt }) => (dueAt === null ? [] : [new Date(dueAt)]));
    },

    /** Every account of every post that was due in a period. */
    listOutcomes({ from, to, accountId }: PeriodFilter): TargetOutcome[] {
      return orm
        .select({ target: postTarget, content: post.content, dueAt: post.dueAt })
        .from(postTarget)
        .innerJoin(post, eq(post.postId, postTarget.postId))
        .where(
          and(
            notInArray(postTarget.state, ['draft']),
            gte(post.dueAt, from),
            lt(post.dueAt, to),
            accountId === undefined ? undefined : eq(postTarget.accountId, accountId),
          ),
        )
        .all()
        .map(({ target, content, dueAt }) => {
          const { postId, accountId: account, state, publishedAt, url, metrics } = target;
          return {
            postId,
            heading: headingOf(content),
            accountId: account,
            state,
            dueAt,
            publishedAt,
            url,
            metrics,
          };
        });
    },
  };
}
