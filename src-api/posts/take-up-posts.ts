import type { StoppedTarget } from '../../src-data/posts/account-posts.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import { describeDueInFull } from '../../src-shared/domain/due-time.ts';
import { platformNames } from '../../src-shared/domain/platforms/known-platforms.ts';
import { contentOf, headingOf } from '../../src-shared/domain/post.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { wakePosts } from '../boundary/start-messages.ts';
import type { DurableHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { wrongState } from '../commands/wrong-state.ts';
import { costOfPost } from './cost-posts.ts';
import { describeLateness } from './preview-edit.ts';

/**
 * The account is connected again, and the creator wants its stopped posts after all: those of the future as they were
 * planned, those whose time has passed as each of them says. They take their turns, so that nothing goes out in a burst.
 */
export const takeUpStoppedPosts: DurableHandler<'take-up-stopped-posts'> = {
  record:
    ({ accountId }, services) =>
    () => {
      const { accounts, posts, now } = services;
      const account = accounts.get(accountId);
      const stopped = posts.listStopped(accountId);
      const last = stopped.at(-1);
      if (last === undefined) {
        throw wrongState(`No post of “${account.name}” was stopped. Nothing was changed.`, { accountId });
      }
      for (const { target } of stopped) {
        posts.takeUp(target);
        const { postId, targetId, attempt } = target;
        posts.addReceipt({
          ...{ postId, targetId, attempt },
          kind: 'decided',
          detail: 'Taken up again: the account is connected again.',
        });
      }
      const postIds = stopped.map(({ row }) => row.postId);
      return {
        entityId: accountId,
        entityIds: postIds,
        workflowId: workflowIds.schedulePost(last.row.postId),
        message: describeTakenUp(stopped, now()),
        messages: wakePosts(postIds),
        spending: stopped.map((each) => ({
          entityId: each.row.postId,
          workflowId: each.row.workflowId,
          costs: costOf(each, services),
        })),
      };
    },
  cost: ({ accountId }, services) =>
    services.posts.listStopped(accountId).flatMap((each) => costOf(each, services)),
  preview: ({ accountId }, { accounts, posts }) => {
    const { name, handle, platform } = accounts.get(accountId);
    const stopped = posts.listStopped(accountId);
    return {
      title: `Take up ${countPosts(stopped.length)} of ${name} again`,
      lines: [
        { label: 'Account', value: `${name} (${handle}, ${platformNames[platform]})` },
        ...stopped.map(({ row, target }) => ({
          label:
            row.dueAt === null || row.zone === null
              ? 'Post'
              : describeDueInFull({ dueAt: row.dueAt, zone: row.zone }),
          value: `${headingOf(contentOf(row, target))} (${target.state === 'unconfirmed' ? 'looked for first, since it may be there' : describeLateness(row.lateness)})`,
        })),
      ],
      warnings: [],
      costs: [],
    };
  },
};

function costOf({ row, target }: StoppedTarget, services: CommandServices): Cost[] {
  // What may be there already is still set aside.
  if (target.state === 'unconfirmed') return [];
  const content = contentOf(row, target);
  return costOfPost([{ accountId: target.accountId, content }], row.dueAt, services);
}

function describeTakenUp(stopped: readonly StoppedTarget[], at: Date): string {
  const pastCount = stopped.filter((each) => isPast(each, at)).length;
  const taken = `${countPosts(stopped.length)} ${stopped.length === 1 ? 'is' : 'are'} taken up again.`;
  if (pastCount === 0)
    return `${taken} ${stopped.length === 1 ? 'It keeps its time.' : 'They keep their times.'}`;
  const late = 'goes out late, asks you or is skipped, as you chose for it';
  return pastCount === stopped.length
    ? `${taken} ${stopped.length === 1 ? 'Its time has passed: it' : 'Their times have passed: each'} ${late}.`
    : `${taken} Of ${pastCount} the time has passed: each ${late}.`;
}

export function isPast({ row }: StoppedTarget, at: Date): boolean {
  return row.dueAt !== null && row.dueAt <= at.toISOString();
}

function countPosts(count: number): string {
  return `${count} ${count === 1 ? 'post' : 'posts'}`;
}
