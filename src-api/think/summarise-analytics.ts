import type { TargetOutcome } from '../../src-data/post-look-up.ts';
import type { AccountAnalytics, Analytics, Engagement } from '../../src-shared/domain/analytics.ts';
import { isAhead } from '../../src-shared/domain/target-state.ts';
import type { QueryHandler } from '../commands/handler-types.ts';

const defaultDays = 30;
const lateMs = 60_000;
const bestShown = 3;
const dayMs = 24 * 3_600_000;

/** Counted from our own records: no model has a say in it. */
export const summariseAnalytics: QueryHandler<'summarise-analytics'> = {
  answer({ from, to, accountId }, { postLookUp, accounts, now }) {
    const until = to ?? now().toISOString();
    const since = from ?? new Date(Date.parse(until) - defaultDays * dayMs).toISOString();
    const outcomes = postLookUp.listOutcomes({ from: since, to: until, accountId });
    const nameOf = (id: string) => accounts.findEver(id)?.name ?? 'An account that is gone';
    const published = outcomes.filter(({ state }) => state === 'published');
    const measured = published.flatMap(({ metrics }) => (metrics === null ? [] : [metrics.readAt]));
    const counted = {
      from: since,
      to: until,
      publishedCount: published.length,
      failedCount: outcomes.filter(hasFailed).length,
      scheduledCount: outcomes.filter(({ state }) => isAhead(state)).length,
      lateCount: published.filter(isLate).length,
      engagement: sum(published),
      measuredAt: measured.toSorted().at(-1) ?? null,
      accounts: perAccount(outcomes, nameOf),
      best: published
        .filter((outcome) => total(engagementOf(outcome)) > 0)
        .toSorted((left, right) => total(engagementOf(right)) - total(engagementOf(left)))
        .slice(0, bestShown)
        .map((outcome) => ({
          title: outcome.heading,
          engagement: engagementOf(outcome),
          link: { kind: 'post' as const, id: outcome.postId, url: outcome.url },
        })),
    };
    return { ...counted, sentences: inSentences(counted) };
  },
};

function hasFailed({ state }: TargetOutcome): boolean {
  return state === 'failed' || state === 'missed' || state === 'unconfirmed';
}

function isLate({ dueAt, publishedAt }: TargetOutcome): boolean {
  return dueAt !== null && publishedAt !== null && Date.parse(publishedAt) - Date.parse(dueAt) > lateMs;
}

function engagementOf({ metrics }: TargetOutcome): Engagement {
  return { likes: metrics?.likes ?? 0, reposts: metrics?.reposts ?? 0, replies: metrics?.replies ?? 0 };
}

function sum(outcomes: readonly TargetOutcome[]): Engagement {
  return outcomes.map(engagementOf).reduce(
    (left, right) => ({
      likes: left.likes + right.likes,
      reposts: left.reposts + right.reposts,
      replies: left.replies + right.replies,
    }),
    { likes: 0, reposts: 0, replies: 0 },
  );
}

function total({ likes, reposts, replies }: Engagement): number {
  return likes + reposts + replies;
}

function perAccount(outcomes: readonly TargetOutcome[], nameOf: (id: string) => string): AccountAnalytics[] {
  const ids = [...new Set(outcomes.map(({ accountId }) => accountId))];
  return ids.map((accountId) => {
    const own = outcomes.filter((outcome) => outcome.accountId === accountId);
    const published = own.filter(({ state }) => state === 'published');
    return {
      accountId,
      accountName: nameOf(accountId),
      publishedCount: published.length,
      failedCount: own.filter(hasFailed).length,
      engagement: sum(published),
    };
  });
}

function inSentences(counted: Omit<Analytics, 'sentences'>): string[] {
  const { publishedCount, failedCount, lateCount, engagement, measuredAt, accounts, best } = counted;
  if (publishedCount === 0 && failedCount === 0)
    return ['Nothing was due in this time, so there is nothing to count.'];
  const busiest = accounts.toSorted((left, right) => right.publishedCount - left.publishedCount)[0];
  const top = best[0];
  return [
    `${count(publishedCount, 'post was', 'posts were')} published${accounts.length > 1 && busiest !== undefined ? `, most of them on ${busiest.accountName} (${busiest.publishedCount})` : ''}.`,
    ...(measuredAt === null
      ? ['No platform has told any numbers yet.']
      : [
          `They got ${count(engagement.likes, 'like', 'likes')}, ${count(engagement.reposts, 'repost', 'reposts')} and ${count(engagement.replies, 'reply', 'replies')}.`,
        ]),
    ...(top === undefined ? [] : [`What was liked most: “${top.title}”.`]),
    ...(failedCount === 0
      ? []
      : [`${count(failedCount, 'one', 'of them')} did not get through: ask why, or see the calendar.`]),
    ...(lateCount === 0 ? [] : [`${count(lateCount, 'one', 'of them')} went out late.`]),
  ];
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
