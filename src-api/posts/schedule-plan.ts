import type { ParsedInput } from '../../src-shared/contract/registry.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import { describeDueInFull } from '../../src-shared/domain/due-time.ts';
import type { VariantContent } from '../../src-shared/domain/variant-content.ts';
import type { CallContext, DurableChange, DurableHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { costOfPost } from './cost-posts.ts';
import { schedulePost } from './schedule-posts.ts';

type PlannedPost = ParsedInput<'schedule-plan'>['posts'][number];

/** A plan is committed whole: every post of it in one transaction, or none. Each then is a commitment of its own. */
export const schedulePlan: DurableHandler<'schedule-plan'> = {
  async record({ posts }, services, context) {
    const commits = await Promise.all(posts.map((post) => scheduleOne(post, services, context)));
    return () => {
      const changes = commits.map((commit) => commit());
      const [first] = changes;
      const last = changes.at(-1);
      if (first === undefined || last === undefined) throw new Error('a plan without posts');
      return {
        entityId: first.entityId,
        entityIds: changes.map(({ entityId }) => entityId),
        // The engine hears of them in order: when it has taken the last, it has taken all.
        workflowId: last.workflowId,
        message: `${changes.length} ${changes.length === 1 ? 'post is' : 'posts are'} scheduled, each for its own time.`,
        messages: changes.flatMap(({ messages }) => messages),
        spending: changes.map(({ entityId, workflowId }, index) => ({
          entityId,
          workflowId,
          costs: costOf(posts[index], services),
        })),
      };
    };
  },
  cost: ({ posts }, services) => posts.flatMap((post) => costOf(post, services)),
  preview: ({ posts, title }, services) => ({
    title: `Schedule ${posts.length} ${posts.length === 1 ? 'post' : 'posts'}${title === undefined ? '' : `: ${title}`}`,
    lines: posts.map((post) => ({
      label: describeDueInFull(post),
      value: `${post.accountIds.map((accountId) => services.accounts.findEver(accountId)?.name ?? 'an account that is gone').join(', ')}: ${post.text}`,
    })),
    warnings: [],
    costs: [],
  }),
};

function costOf(post: PlannedPost | undefined, services: CommandServices): Cost[] {
  if (post === undefined) return [];
  const content = contentOf(post);
  return costOfPost(
    post.accountIds.map((accountId) => ({ accountId, content })),
    post.dueAt,
    services,
  );
}

function contentOf({ text, assetId }: Pick<PlannedPost, 'text' | 'assetId'>): VariantContent {
  return {
    parts: [{ text, media: assetId === undefined ? [] : [{ assetId, altText: '', clip: null }] }],
    title: null,
    contentWarning: null,
    visibility: null,
    languages: [],
  };
}

async function scheduleOne(
  { accountIds, text, assetId, dueAt, zone }: PlannedPost,
  services: CommandServices,
  context: CallContext,
): Promise<() => DurableChange> {
  const content = contentOf({ text, assetId });
  const targets = accountIds.map((accountId) => ({ accountId, variant: null }));
  return schedulePost.record({ content, targets, when: { kind: 'at', dueAt, zone } }, services, context);
}
