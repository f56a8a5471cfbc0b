import type { CommandServices } from '../../commands/services.ts';
import { bestMatches } from '../../agent/understand/names.ts';

export type Subject = { kind: 'post' | 'asset' | 'approval'; id: string };

const postsRead = 2_000;
const wentWrong = ['failed', 'unconfirmed', 'missed', 'needs-decision', 'partial'] as const;
const questionWords = 10;

/** What a question is about: what was named by its id, else by its title, else the latest that went wrong. */
export function findSubject(
  entityId: string | undefined,
  question: string | undefined,
  services: CommandServices,
): Subject | undefined {
  if (entityId !== undefined) return findById(entityId, services);
  return (
    (question === undefined ? undefined : findByTitle(question, services)) ?? findLatestProblem(services)
  );
}

function findById(id: string, { posts, assets, approvals }: CommandServices): Subject | undefined {
  if (posts.find(id) !== undefined) return { kind: 'post', id };
  if (assets.find(id) !== undefined) return { kind: 'asset', id };
  return approvals.find(id) === undefined ? undefined : { kind: 'approval', id };
}

function findByTitle(question: string, { postQueries, queries }: CommandServices): Subject | undefined {
  const { posts } = postQueries.list({ limit: postsRead });
  const [post] = bestMatches(
    question,
    posts.map(({ postId, heading }) => ({ postId, title: heading })),
  );
  if (post !== undefined) return { kind: 'post', id: post.postId };
  const words = (question.match(/[\p{L}\p{N}]{4,}/gu) ?? []).slice(0, questionWords);
  const found = words.flatMap(
    (text) => queries.search({ text, sort: 'relevance', offset: 0, limit: 5 }).items,
  );
  const [asset] = bestMatches(
    question,
    found.map(({ assetId, title }) => ({ assetId, title })),
  );
  return asset === undefined ? undefined : { kind: 'asset', id: asset.assetId };
}

/** Of posts, recordings and requests that wait. */
function findLatestProblem({ postQueries, activity, approvals }: CommandServices): Subject | undefined {
  const posts = postQueries.list({ states: [...wentWrong], limit: postsRead }).posts;
  const candidates: (Subject & { at: string })[] = [
    ...posts.map(({ postId, updatedAt }) => ({ kind: 'post' as const, id: postId, at: updatedAt })),
    ...activity
      .listEndedBadly(1)
      .map(({ row }) => ({ kind: 'asset' as const, id: row.assetId, at: row.updatedAt })),
    ...approvals
      .list({ states: ['pending', 'expired'], limit: 1 })
      .map(({ approvalId, createdAt }) => ({ kind: 'approval' as const, id: approvalId, at: createdAt })),
  ];
  return candidates.toSorted((left, right) => (left.at < right.at ? 1 : -1))[0];
}
