import type { TargetRow } from '../../src-data/posts/post-store.ts';
import type { ParsedInput } from '../../src-shared/contract/registry.ts';
import type { CommandPreview } from '../../src-shared/domain/approval.ts';
import type { LatenessPolicy } from '../../src-shared/domain/lateness.ts';
import { contentOf, headingOf } from '../../src-shared/domain/post.ts';
import { isEditable, isSettled } from '../../src-shared/domain/target-state.ts';
import type { CommandServices } from '../commands/services.ts';
import { dueLines, publishedWarning } from './preview-changes.ts';
import { contentLines, describeAccount, nameOf, warningsOf, type Line } from './preview-posts.ts';

/** From what to what, for each account that would say something else; what stays is not named. */
export function previewEdit(
  { postId, content, targets, lateness }: ParsedInput<'edit-post'>,
  services: CommandServices,
): CommandPreview {
  const { row, targets: present } = services.posts.get(postId);
  const open = present.filter(({ state }) => !isSettled(state));
  const wanted = targets ?? open;
  const next = { content: content ?? row.content };
  const added = wanted.filter(
    ({ accountId }) =>
      !present.some((target) => target.accountId === accountId && target.state !== 'cancelled'),
  );
  const dropped = open.filter(({ accountId }) => !wanted.some((target) => target.accountId === accountId));
  return {
    title: `Change “${headingOf(row.content)}”`,
    lines: [
      { label: 'Post', value: headingOf(row.content) },
      ...dueLines('When', row),
      ...wanted.flatMap((target) => {
        const before = open.find(
          ({ accountId, state }) => accountId === target.accountId && isEditable(state),
        );
        return before === undefined
          ? []
          : changeFor(before, contentOf(row, before), contentOf(next, target), services);
      }),
      ...added.flatMap((target) => [
        { label: 'Also for', value: describeAccount(target.accountId, services) },
        ...contentLines(contentOf(next, target), services).map(({ label, value }) => ({
          label: `${label} for ${nameOf(target.accountId, services)}`,
          value,
        })),
      ]),
      ...dropped.map(({ accountId }) => ({
        label: 'No longer for',
        value: describeAccount(accountId, services),
      })),
      ...(lateness === undefined
        ? []
        : compare(
            [{ label: 'If it is late', value: describeLateness(row.lateness) }],
            [{ label: 'If it is late', value: describeLateness(lateness) }],
          )),
    ],
    warnings: [
      ...warningsOf({ content: next.content, targets: wanted, dueAt: row.dueAt, postId }, services),
      ...publishedWarning(present),
    ],
    costs: [],
  };
}

type Content = TargetRow['variant'] & object;

function changeFor(
  { accountId }: Pick<TargetRow, 'accountId'>,
  before: Content,
  after: Content,
  services: CommandServices,
): Line[] {
  const changes = compare(contentLines(before, services), contentLines(after, services));
  return changes.length === 0
    ? []
    : [{ label: 'Account', value: describeAccount(accountId, services) }, ...changes];
}

/** Lines that are in one of them only; where just their order differs, all of them. */
function compare(before: readonly Line[], after: readonly Line[]): Line[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [gone, come] = [without(before, after), without(after, before)];
  const isReordered = gone.length === 0 && come.length === 0;
  return [
    ...(isReordered ? before : gone).map(({ label, value }) => ({ label: `${label} until now`, value })),
    ...(isReordered ? after : come).map(({ label, value }) => ({ label: `${label} from now on`, value })),
  ];
}

function without(lines: readonly Line[], others: readonly Line[]): Line[] {
  const rest = others.map((line) => JSON.stringify(line));
  return lines.filter((line) => {
    const index = rest.indexOf(JSON.stringify(line));
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

export function describeLateness({ limitMinutes, beyond }: LatenessPolicy): string {
  if (beyond === 'publish') return 'published as soon as possible';
  return `published up to ${limitMinutes} minutes after its time, then ${beyond === 'ask' ? 'you are asked' : 'skipped'}`;
}
