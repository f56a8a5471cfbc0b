import {
  and,
  asc,
  desc,
  eq,
  exists,
  gte,
  inArray,
  isNotNull,
  lt,
  ne,
  notInArray,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { CommandOutput, ParsedInput } from '../../src-shared/contract/registry.ts';
import { assetIdsOf, headingOf, type PostSummary } from '../../src-shared/domain/post.ts';
import { isActive } from '../../src-shared/domain/target-state.ts';
import type { LibraryDatabase } from '../database.ts';
import { post, postReceipt, postTarget } from '../schema/posts.ts';
import { toDue, type PostRow, type TargetRow } from './post-store.ts';

type Neighbour = CommandOutput<'read-post'>['warnings']['clashes'][number];
type LatePost = CommandOutput<'list-late-posts'>['posts'][number];

/** Closer than this, two posts of an account take each other's readers. */
const clashMs = 5 * 60_000;

/** What was never more than a wish, or was taken back, stands in nobody's way. */
const withoutEffect = ['draft', 'cancelled', 'missed', 'deleted'] as const;

/** A few are enough to warn. */
const neighbourLimit = 10;

export type PostQueries = ReturnType<typeof createPostQueries>;

/** What the screens ask of posts. */
export function createPostQueries(database: LibraryDatabase) {
  const { orm } = database;

  function targetsOf(postIds: readonly string[]): Map<string, TargetRow[]> {
    const grouped = new Map<string, TargetRow[]>(postIds.map((postId) => [postId, []]));
    const rows = orm
      .select()
      .from(postTarget)
      .where(inArray(postTarget.postId, [...postIds]))
      .orderBy(asc(postTarget.position))
      .all();
    for (const row of rows) grouped.get(row.postId)?.push(row);
    return grouped;
  }

  function summarise(rows: readonly PostRow[]): PostSummary[] {
    const targets = targetsOf(rows.map(({ postId }) => postId));
    return rows.map((row) => toSummary(row, targets.get(row.postId) ?? []));
  }

  function listNeighbours(where: SQL | undefined, exceptPostId: string | undefined): Neighbour[] {
    return orm
      .select({ row: post, accountId: postTarget.accountId })
      .from(postTarget)
      .innerJoin(post, eq(post.postId, postTarget.postId))
      .where(
        and(
          where,
          notInArray(postTarget.state, [...withoutEffect]),
          exceptPostId === undefined ? undefined : ne(post.postId, exceptPostId),
        ),
      )
      .orderBy(asc(post.dueAt))
      .limit(neighbourLimit)
      .all()
      .map(({ row, accountId }) => ({
        postId: row.postId,
        accountId,
        heading: headingOf(row.content),
        dueAt: row.dueAt,
        state: row.state,
      }));
  }

  /** Something is still done for it by itself. */
  const hasOpenTarget = exists(
    orm
      .select({ targetId: postTarget.targetId })
      .from(postTarget)
      .where(
        and(
          eq(postTarget.postId, post.postId),
          or(
            inArray(postTarget.state, ['waiting', 'preparing', 'publishing', 'deleting']),
            and(eq(postTarget.state, 'published'), isNotNull(postTarget.metricsDueAt)),
          ),
        ),
      ),
  );

  const hasVariantThatSays = (text: string): SQL =>
    exists(
      orm
        .select({ targetId: postTarget.targetId })
        .from(postTarget)
        .where(and(eq(postTarget.postId, post.postId), says(postTarget.variant, text))),
    );

  /** Published, and the platform did not let go of it. */
  const undeleted = orm
    .select({ postId: postTarget.postId })
    .from(postTarget)
    .where(and(eq(postTarget.state, 'published'), isNotNull(postTarget.error)));

  return {
    /** By due time; what has none comes last, newest first. What is found by a text: the latest first. */
    list(input: ParsedInput<'list-posts'>): CommandOutput<'list-posts'> {
      const { from, to, states, accountId, text, limit } = input;
      const rows = orm
        .select()
        .from(post)
        .where(
          and(
            from === undefined ? undefined : gte(post.dueAt, from),
            to === undefined ? undefined : lt(post.dueAt, to),
            states === undefined ? undefined : inArray(post.state, states),
            accountId === undefined
              ? undefined
              : exists(
                  orm
                    .select({ targetId: postTarget.targetId })
                    .from(postTarget)
                    .where(and(eq(postTarget.postId, post.postId), eq(postTarget.accountId, accountId))),
                ),
            text === undefined ? undefined : or(says(post.content, text), hasVariantThatSays(text)),
          ),
        )
        .orderBy(
          ...(text === undefined
            ? [sql`${post.dueAt} NULLS LAST`, desc(post.createdAt)]
            : [sql`coalesce(${post.dueAt}, ${post.updatedAt}) DESC`]),
        )
        .limit(limit + 1)
        .all();
      return { posts: summarise(rows.slice(0, limit)), isCut: rows.length > limit };
    },

    /** Posts for one of the accounts within a few minutes of an instant. */
    listClashes(accountIds: readonly string[], dueAt: string, exceptPostId: string | undefined): Neighbour[] {
      const dueMs = Date.parse(dueAt);
      return listNeighbours(
        and(
          inArray(postTarget.accountId, [...accountIds]),
          gte(post.dueAt, new Date(dueMs - clashMs).toISOString()),
          lt(post.dueAt, new Date(dueMs + clashMs).toISOString()),
        ),
        exceptPostId,
      );
    },

    /** Posts for the account that begin with the same text. */
    listDuplicates(accountId: string, text: string, exceptPostId: string | undefined): Neighbour[] {
      if (text.trim() === '') return [];
      return listNeighbours(
        and(
          eq(postTarget.accountId, accountId),
          sql`trim(json_extract(coalesce(${postTarget.variant}, ${post.content}), '$.parts[0].text')) = ${text.trim()}`,
        ),
        exceptPostId,
      );
    },

    /** Targets that came due late since an instant, and those that wait for a decision from whenever. */
    listLate(since: string, now: Date): LatePost[] {
      const lateIds = orm
        .selectDistinct({ targetId: postReceipt.targetId })
        .from(postReceipt)
        .where(
          and(inArray(postReceipt.kind, ['late', 'missed', 'needs-decision']), gte(postReceipt.at, since)),
        );
      return orm
        .select({ row: post, target: postTarget })
        .from(postTarget)
        .innerJoin(post, eq(post.postId, postTarget.postId))
        .where(or(eq(postTarget.state, 'needs-decision'), inArray(postTarget.targetId, lateIds)))
        .orderBy(asc(post.dueAt))
        .limit(1_000)
        .all()
        .flatMap(({ row, target }) => {
          const due = toDue(row);
          if (due === null || target.state === 'cancelled') return [];
          const { targetId, accountId, state, turnAt, nextTryAt, publishedAt } = target;
          const until = publishedAt === null ? now.getTime() : Date.parse(publishedAt);
          return [
            {
              postId: row.postId,
              heading: headingOf(row.content),
              due,
              lateByMs: Math.max(0, until - Date.parse(due.dueAt)),
              lateness: row.lateness,
              target: {
                targetId,
                accountId,
                state,
                nextTryAt: isActive(state) ? (nextTryAt ?? turnAt) : null,
              },
            },
          ];
        });
    },

    /** Ids of posts that something is still to be done for by itself, the soonest first. */
    listOpenPostIds(): string[] {
      return orm
        .select({ postId: post.postId })
        .from(post)
        .where(hasOpenTarget)
        .orderBy(asc(post.dueAt))
        .all()
        .map(({ postId }) => postId);
    },

    /** Ids of posts that wait for a word of the person; until then what they cost is neither spent nor free again. */
    listUndecidedPostIds(): string[] {
      return orm
        .selectDistinct({ postId: postTarget.postId })
        .from(postTarget)
        .where(inArray(postTarget.state, ['needs-decision', 'to-mark', 'unconfirmed']))
        .all()
        .map(({ postId }) => postId);
    },

    isOpen: (postId: string): boolean =>
      orm
        .select({ postId: post.postId })
        .from(post)
        .where(and(eq(post.postId, postId), hasOpenTarget))
        .get() !== undefined,

    /** In hand, or ended in a way that the person should see; then what is due next. */
    listForActivity(limit: number, dueBefore: string): PostSummary[] {
      const rows = orm
        .select()
        .from(post)
        .where(
          or(
            inArray(post.state, [
              'publishing',
              'preparing',
              'deleting',
              'partial',
              'failed',
              'unconfirmed',
              'needs-decision',
              'to-mark',
            ]),
            and(eq(post.state, 'waiting'), lt(post.dueAt, dueBefore)),
            inArray(post.postId, undeleted),
          ),
        )
        .orderBy(asc(post.dueAt))
        .limit(limit)
        .all();
      return summarise(rows);
    },
  };
}

/** Whether the title or a part of it has this text in it, whatever the case. */
function says(content: typeof post.content | typeof postTarget.variant, text: string): SQL {
  const isThere = (words: SQL) => sql`instr(to_lower_case(${words}), ${text.toLowerCase()}) > 0`;
  return sql`(${isThere(sql`coalesce(json_extract(${content}, '$.title'), '')`)} OR EXISTS (
    SELECT 1 FROM json_each(${content}, '$.parts') AS part
    WHERE ${isThere(sql`json_extract(part.value, '$.text')`)}))`;
}

function toSummary(row: PostRow, targets: readonly TargetRow[]): PostSummary {
  const { postId, state, revision, content, createdAt, updatedAt } = row;
  return {
    postId,
    state,
    due: toDue(row),
    revision,
    createdAt,
    updatedAt,
    heading: headingOf(content),
    text: content.parts[0]?.text ?? '',
    firstAssetId: assetIdsOf(content)[0] ?? null,
    targets: targets.map(({ targetId, accountId, state: targetState, url, error }) => ({
      targetId,
      accountId,
      state: targetState,
      url,
      error,
    })),
  };
}
