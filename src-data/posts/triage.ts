import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, gt, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Platform } from '../../src-shared/domain/account.ts';
import { describeDelay } from '../../src-shared/domain/due-time.ts';
import { isBeyondLimit, type LatenessDecision } from '../../src-shared/domain/lateness.ts';
import { contentOf, headingOf } from '../../src-shared/domain/post.ts';
import { createAccountRepository } from '../accounts.ts';
import type { LibraryDatabase } from '../database.ts';
import { createNoticeRepository } from '../notices.ts';
import { post, postTarget } from '../schema/posts.ts';
import { createAccountPace } from './account-pace.ts';
import { decideAbout } from './decide-about.ts';
import { createHolds } from './holds.ts';
import { longestLeaseMs } from './leases.ts';
import { createPostStore, released, type PostRow, type TargetRow } from './post-store.ts';
import { createReceiptChain } from './receipt-chain.ts';

/** A turn that was not used for so long is looked at again. */
const staleTurnMs = 60_000;

/** Nobody was there to use it: no computer is so busy. */
const forgottenTurnMs = 5 * 60_000;

/** Also what its last try said, which most often is that another one follows. */
const nothingByItself = { turnAt: null, nextTryAt: null, error: null } as const;

/** Decided about in one transaction: a tenth of a second or so. */
const partSize = 250;

export interface TriageOptions {
  /** How far apart the posts of an account are kept, by platform. */
  spacingMs: Readonly<Record<Platform, number>>;
}

interface DueTarget {
  row: PostRow;
  target: TargetRow;
}

interface Decided {
  due: DueTarget;
  decision: LatenessDecision;
  /** What is sent late is told of once, and not at each of its tries. */
  isNews: boolean;
}

/** How many targets each decision fell on. */
export type TriageCounts = Record<LatenessDecision, number>;

export type Triage = ReturnType<typeof createTriage>;

/**
 * Decides about everything that has come due: in time, late within its limit, or too late. What may go out gets a turn
 * in its account's queue, in the order in which it was due. One transaction, so that whoever looks first decides, and
 * one notice however much came due together.
 */
export function createTriage(
  database: LibraryDatabase,
  { spacingMs }: TriageOptions,
  now: () => Date = () => new Date(),
) {
  const { orm } = database;
  const store = createPostStore(database, now);
  const pace = createAccountPace(database);
  const holds = createHolds(database, store, now);
  const chain = createReceiptChain(store, now);
  const notices = createNoticeRepository(database, now);
  const accounts = createAccountRepository(database, now);

  /** An account keeps its platform for ever, and ten thousand posts may ask for it at once. */
  const spacings = new Map<string, number>();
  function spacingOf(accountId: string): number {
    const known = spacings.get(accountId);
    if (known !== undefined) return known;
    const platform = accounts.findEver(accountId)?.platform;
    if (platform === undefined) return 0;
    spacings.set(accountId, spacingMs[platform]);
    return spacingMs[platform];
  }

  /** Whoever had it in hand is gone or was asleep, and nothing of it was sent: its lateness counts as if nobody had. */
  const isGivenUp = and(
    isNull(postTarget.maybeSentAt),
    or(
      isNull(postTarget.leaseUntil),
      lte(postTarget.leaseUntil, sql.placeholder('instant')),
      gt(postTarget.leaseUntil, sql.placeholder('longestLease')),
    ),
  );
  const duePosts = (which?: SQL) =>
    orm
      .select({ row: post, target: postTarget })
      .from(postTarget)
      .innerJoin(post, eq(post.postId, postTarget.postId))
      .where(
        and(
          which,
          or(eq(postTarget.state, 'waiting'), isGivenUp),
          inArray(postTarget.state, ['waiting', 'preparing', 'publishing']),
          eq(postTarget.isBlocked, false),
          lte(post.dueAt, sql.placeholder('instant')),
          or(isNull(postTarget.turnAt), lte(postTarget.turnAt, sql.placeholder('stale'))),
          or(isNull(postTarget.nextTryAt), lte(postTarget.nextTryAt, sql.placeholder('instant'))),
        ),
      )
      .orderBy(asc(post.dueAt), asc(post.createdAt), asc(postTarget.position));
  /** Every workflow asks for it at each of its steps. */
  const dueOfPost = duePosts(eq(post.postId, sql.placeholder('postId'))).prepare();

  function instantsOf(at: Date): { instant: string; stale: string; longestLease: string } {
    const fromNow = (milliseconds: number) => new Date(at.getTime() + milliseconds).toISOString();
    return { instant: fromNow(0), stale: fromNow(-staleTurnMs), longestLease: fromNow(longestLeaseMs) };
  }

  /** Of those that are meant, or of all. */
  function listDue(at: Date, which?: SQL): DueTarget[] {
    return duePosts(which).all(instantsOf(at));
  }

  function decide(due: DueTarget, at: Date): Decided {
    const { row, target } = due;
    const decision = decideAbout(row, target, at);
    const isUnused =
      target.turnAt === null ||
      (target.nextTryAt === null && at.getTime() - Date.parse(target.turnAt) > forgottenTurnMs);
    return { due, decision, isNews: isBeyondLimit(decision) || (decision === 'publish-late' && isUnused) };
  }

  /** What was given up waits again, for a decision like everything else. */
  function takeBack(target: TargetRow): TargetRow {
    if (target.state === 'waiting') return target;
    chain.interrupt(target);
    const patch = { state: 'waiting', ...released } as const;
    store.setTarget(target, patch);
    return { ...target, ...patch };
  }

  /** False: its platform wants nothing of the account for now, so that how late it will be is seen after that. */
  function apply({ due: { row, target: found }, decision, isNews }: Decided, at: Date): boolean {
    const target = takeBack(found);
    if (!isBeyondLimit(decision) && target.turnAt === null && holds.putOff(target)) return false;
    const lateBy = describeDelay(at.getTime() - (row.dueAt === null ? at.getTime() : Date.parse(row.dueAt)));
    const receipt = { postId: row.postId, targetId: target.targetId, attempt: target.attempt };
    switch (decision) {
      case 'on-time':
      case 'publish-late':
        if (isNews) {
          store.addReceipt({
            ...receipt,
            kind: 'late',
            detail: `Came due ${lateBy} ago and is sent late, as ${target.lateAcceptedAt === null ? 'its lateness limit allows' : 'you chose'}.`,
          });
        }
        if (target.turnAt === null) {
          const turnAt = pace.takeTurn(target.accountId, at, spacingOf(target.accountId));
          store.setTarget(target, {
            turnAt,
            expectedAt: target.expectedAt ?? turnAt,
            isLookFirst: target.isLookFirst || decision === 'publish-late',
          });
        } else if (isNews) {
          store.setTarget(target, { nextTryAt: at.toISOString(), isLookFirst: true });
        }
        break;
      case 'ask':
        store.setTarget(target, { state: 'needs-decision', ...nothingByItself });
        store.addReceipt({
          ...receipt,
          kind: 'needs-decision',
          detail: `Came due ${lateBy} ago, later than its lateness limit. Publish it, skip it, or give it another time.`,
        });
        break;
      case 'skip':
        store.setTarget(target, { state: 'missed', ...nothingByItself });
        store.addReceipt({
          ...receipt,
          kind: 'missed',
          detail: `Came due ${lateBy} ago, later than its lateness limit, and was not sent.`,
        });
        break;
    }
    return true;
  }

  function tell(decided: readonly Decided[]): void {
    const told = decided.filter(({ isNews }) => isNews);
    const [first] = told;
    if (first === undefined) return;
    const postIds = new Set(told.map(({ due }) => due.row.postId));
    const what = told.every(({ due }) => wasTried(due.target))
      ? 'could not be sent in time'
      : 'came due while nobody was there';
    notices.add({
      kind: 'posts-late',
      title:
        postIds.size === 1
          ? `“${headingOf(contentOf(first.due.row, first.due.target))}” ${what}`
          : `${postIds.size} posts ${what}`,
      body: sentenceOf(count(told.map(({ decision }) => decision))),
      target:
        postIds.size === 1 ? { screen: 'post', postId: first.due.row.postId } : { screen: 'late-posts' },
    });
  }

  function decideAll(due: readonly DueTarget[]): Decided[] {
    const at = now();
    return due.map((each) => decide(each, at)).filter((each) => apply(each, at));
  }

  let running: Promise<TriageCounts> | undefined;
  async function runParts(): Promise<TriageCounts> {
    const decided: Decided[] = [];
    const targetIds = listDue(now()).map(({ target }) => target.targetId);
    for (let start = 0; start < targetIds.length; start += partSize) {
      if (start > 0) await nextTurn();
      const part = targetIds.slice(start, start + partSize);
      database.transaction(() => {
        // Read again: meanwhile somebody else may have decided, or the person edited.
        decided.push(...decideAll(listDue(now(), inArray(postTarget.targetId, part))));
        if (start + partSize >= targetIds.length) tell(decided);
      });
    }
    return count(decided.map(({ decision }) => decision));
  }

  return {
    /** Looks after everything that is due and was not looked after since. */
    run(): TriageCounts {
      return database.transaction(() => {
        const decided = decideAll(listDue(now()));
        tell(decided);
        return count(decided.map(({ decision }) => decision));
      });
    },

    /**
     * The same, a part at a time where thousands came due together, so that nobody waits for the database meanwhile.
     * What few there are is decided before this returns.
     */
    runInParts(): Promise<TriageCounts> {
      running ??= runParts().finally(() => {
        running = undefined;
      });
      return running;
    },

    /** Whether a run would change something about this post; most often another post's run has looked after it. */
    concerns(postId: string): boolean {
      const at = now();
      return dueOfPost
        .all({ ...instantsOf(at), postId })
        .some((due) => due.target.turnAt === null || decide(due, at).isNews);
    },
  };
}

/** To its end, and in vain: somebody was there. */
function wasTried({ state, attempt }: TargetRow): boolean {
  return state === 'waiting' && attempt > 0;
}

function count(decisions: readonly LatenessDecision[]): TriageCounts {
  const counts: TriageCounts = { 'on-time': 0, 'publish-late': 0, ask: 0, skip: 0 };
  for (const decision of decisions) counts[decision] += 1;
  return counts;
}

function sentenceOf(counts: TriageCounts): string {
  const late = counts['publish-late'];
  const parts = [
    late === 0 ? null : late === 1 ? '1 goes out late' : `${late} go out late, one after the other`,
    counts.ask === 0 ? null : `${counts.ask} waiting for your decision`,
    counts.skip === 0 ? null : `${counts.skip} missed`,
  ];
  return `${parts.filter((part) => part !== null).join('; ')}. Nothing was sent twice.`;
}
