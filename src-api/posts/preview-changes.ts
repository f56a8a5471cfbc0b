import type { TargetRow } from '../../src-data/posts/post-store.ts';
import type { ParsedInput } from '../../src-shared/contract/registry.ts';
import type { CommandPreview } from '../../src-shared/domain/approval.ts';
import { describeDueInFull } from '../../src-shared/domain/due-time.ts';
import { contentOf, headingOf } from '../../src-shared/domain/post.ts';
import { isSettled } from '../../src-shared/domain/target-state.ts';
import type { CommandServices } from '../commands/services.ts';
import { contentLines, describeAccount, describeWhen, warningsOf, type Line } from './preview-posts.ts';

/** What a command would change about a post that was scheduled before. Nothing here changes as time passes. */

export function previewReschedule(
  { postId, when }: ParsedInput<'reschedule-post'>,
  services: CommandServices,
): CommandPreview {
  const { row, targets } = services.posts.get(postId);
  const movable = targets.filter(({ state }) =>
    ['waiting', 'preparing', 'missed', 'needs-decision'].includes(state),
  );
  const { text, dueAt } = describeWhen(when, movable, services, postId);
  return {
    title: `Move “${headingOf(row.content)}” to ${text}`,
    lines: [
      { label: 'Post', value: headingOf(row.content) },
      ...dueLines('Until now', row),
      { label: 'From now on', value: text },
      ...accountLines(movable, services),
    ],
    warnings: [
      ...warningsOf({ content: row.content, targets: movable, dueAt, postId }, services),
      ...publishedWarning(targets),
    ],
    costs: [],
  };
}

export function previewCancel(
  { postId, targetId }: ParsedInput<'cancel-post'>,
  services: CommandServices,
): CommandPreview {
  const { row, targets } = services.posts.get(postId);
  const open = targets
    .filter(({ state }) => !isSettled(state))
    .filter((target) => targetId === undefined || target.targetId === targetId);
  return {
    title: `Cancel “${headingOf(row.content)}”`,
    lines: [
      { label: 'Post', value: headingOf(row.content) },
      ...dueLines('Was planned for', row),
      ...accountLines(open, services, 'Not sent to'),
    ],
    warnings: publishedWarning(targets),
    costs: [],
  };
}

export function previewRetry(
  { postId, targetId }: ParsedInput<'retry-target'>,
  services: CommandServices,
): CommandPreview {
  const { row, targets } = services.posts.get(postId);
  const chosen = targets.filter((target) => target.targetId === targetId);
  const isDue = row.dueAt === null || Date.parse(row.dueAt) <= services.now().getTime();
  return {
    title: `Try “${headingOf(row.content)}” again`,
    lines: [
      ...accountLines(chosen, services),
      ...(isDue ? [{ label: 'When', value: atOnce }] : dueLines('When', row)),
      ...chosen.flatMap((target) => contentLines(contentOf(row, target), services)),
    ],
    warnings: [],
    costs: [],
  };
}

export function previewDecision(
  { postId, decision }: ParsedInput<'decide-late-post'>,
  services: CommandServices,
): CommandPreview {
  if (decision.kind === 'reschedule') return previewReschedule({ postId, when: decision.when }, services);
  const { row, targets } = services.posts.get(postId);
  const isToPublish = decision.kind === 'publish';
  const late = targets.filter(
    ({ state }) => state === 'needs-decision' || (isToPublish && state === 'missed'),
  );
  return {
    title: `${isToPublish ? 'Publish' : 'Skip'} “${headingOf(row.content)}”, which is late`,
    lines: [
      ...accountLines(late, services, isToPublish ? 'Account' : 'Not sent to'),
      ...dueLines('Was planned for', row),
      ...(isToPublish
        ? [
            { label: 'When', value: atOnce },
            ...late.flatMap((target) => contentLines(contentOf(row, target), services)),
          ]
        : [{ label: 'Post', value: headingOf(row.content) }]),
    ],
    warnings: publishedWarning(targets),
    costs: [],
  };
}

export function previewResolution(
  { postId, targetId, resolution }: ParsedInput<'resolve-target'>,
  services: CommandServices,
): CommandPreview {
  const { row, targets } = services.posts.get(postId);
  const chosen = targets.filter((target) => target.targetId === targetId);
  const heading = headingOf(row.content);
  const lines = [{ label: 'Post', value: heading }, ...accountLines(chosen, services)];
  switch (resolution.kind) {
    case 'look-again':
      return {
        title: `Look again for “${heading}”`,
        lines: [
          ...lines,
          { label: 'Then', value: 'It is sent only if the platform says that it is not there.' },
        ],
        warnings: [],
        costs: [],
      };
    case 'mark-published':
      return {
        title: `Mark “${heading}” as published`,
        lines: [...lines, ...addressLines(resolution.url)],
        warnings: [],
        costs: [],
      };
    case 'send-again':
      return {
        title: `Send “${heading}” again`,
        lines: [...lines, ...chosen.flatMap((target) => contentLines(contentOf(row, target), services))],
        warnings: ['Nobody knows whether it is there already. It may stand there twice.'],
        costs: [],
      };
  }
}

export function previewMark(
  { postId, targetId, url }: ParsedInput<'mark-posted'>,
  services: CommandServices,
): CommandPreview {
  const { row, targets } = services.posts.get(postId);
  const chosen = targets.filter((target) => target.targetId === targetId);
  return {
    title: `Mark “${headingOf(row.content)}” as posted`,
    lines: [
      { label: 'Post', value: headingOf(row.content) },
      ...accountLines(chosen, services),
      ...addressLines(url),
    ],
    warnings: ['It is not sent by Longhand then.'],
    costs: [],
  };
}

const atOnce = 'at once, as soon as you approve';

export function dueLines(
  label: string,
  { dueAt, zone }: { dueAt: string | null; zone: string | null },
): Line[] {
  return dueAt === null || zone === null ? [] : [{ label, value: describeDueInFull({ dueAt, zone }) }];
}

export function accountLines(
  targets: readonly Pick<TargetRow, 'accountId'>[],
  services: CommandServices,
  label = 'Account',
): Line[] {
  return targets.map(({ accountId }) => ({ label, value: describeAccount(accountId, services) }));
}

function addressLines(url: string | null): Line[] {
  return url === null ? [] : [{ label: 'Address', value: url }];
}

/** What a change cannot reach any more. */
export function publishedWarning(targets: readonly Pick<TargetRow, 'state'>[]): string[] {
  return targets.some(({ state }) => state === 'published')
    ? ['What was published already stays as it is.']
    : [];
}
