import type { WhenInput } from '../../src-shared/contract/post-inputs.ts';
import type { ParsedInput } from '../../src-shared/contract/registry.ts';
import type { CommandPreview } from '../../src-shared/domain/approval.ts';
import { describeDueInFull } from '../../src-shared/domain/due-time.ts';
import { platformNames } from '../../src-shared/domain/platforms/known-platforms.ts';
import type { MediaReference, VariantContent } from '../../src-shared/domain/variant-content.ts';
import type { CommandServices } from '../commands/services.ts';
import { findWarnings } from './check-posts.ts';
import { findDue } from './resolve-when.ts';

export type Line = CommandPreview['lines'][number];
type Targets = readonly { accountId: string; variant: VariantContent | null }[];

/** Exactly what would be published, where and when: the accounts, the time in its zone, the words, what goes with them. */
export function previewSchedule(
  input: ParsedInput<'schedule-post'>,
  services: CommandServices,
): CommandPreview {
  const post = input.postId === undefined ? undefined : services.posts.get(input.postId);
  const content = input.content ?? post?.row.content;
  const targets: Targets = input.targets ?? post?.targets ?? [];
  const when = describeWhen(input.when, targets, services, input.postId);
  const names = targets.map(({ accountId }) => nameOf(accountId, services));
  return {
    title: `Publish on ${names.join(', ')}: ${when.text}`,
    lines: [
      ...targets.map(({ accountId }) => ({ label: 'Account', value: describeAccount(accountId, services) })),
      { label: 'When', value: when.text },
      ...(content === undefined ? [] : contentLines(content, services)),
      ...targets.flatMap(({ accountId, variant }) =>
        variant === null
          ? []
          : contentLines(variant, services).map(({ label, value }) => ({
              label: `${label} for ${nameOf(accountId, services)}`,
              value,
            })),
      ),
    ],
    warnings:
      content === undefined
        ? []
        : warningsOf({ content, targets, dueAt: when.dueAt, postId: input.postId }, services),
    costs: [],
  };
}

export function previewPublishNow(
  input: ParsedInput<'publish-now'>,
  services: CommandServices,
): CommandPreview {
  return previewSchedule({ ...input, when: { kind: 'now' } }, services);
}

export function describeWhen(
  when: WhenInput,
  targets: Targets,
  services: CommandServices,
  postId: string | undefined,
): { text: string; dueAt: string | null } {
  // The moment of an approval cannot be known; what "now" is bound to is that it is at once.
  if (when.kind === 'now') return { text: 'at once, as soon as you approve', dueAt: null };
  const { due } = findDue(
    when,
    targets.map(({ accountId }) => accountId),
    services,
    postId,
  );
  return { text: describeDueInFull(due), dueAt: due.dueAt };
}

function describeMedia(
  { assetId, altText, clip }: MediaReference,
  assets: Pick<CommandServices['assets'], 'find'>,
): string {
  const title = assets.find(assetId)?.title ?? 'a recording that is gone';
  const part = clip === null ? '' : `, from ${clip.startMs / 1000} s to ${clip.endMs / 1000} s`;
  return `${title}${part}${altText === '' ? '' : `, described as “${altText}”`}`;
}

/** All of it, since an approval is bound to what is read here. */
export function contentLines(
  { parts, title, contentWarning, visibility, languages }: VariantContent,
  { assets }: CommandServices,
): Line[] {
  return [
    ...(title === null ? [] : [{ label: 'Title', value: title }]),
    ...(contentWarning === null ? [] : [{ label: 'Content warning', value: contentWarning }]),
    ...parts.flatMap(({ text, media }, index) => [
      { label: parts.length === 1 ? 'Text' : `Text ${index + 1}`, value: text },
      ...media.map((reference) => ({ label: 'With', value: describeMedia(reference, assets) })),
    ]),
    ...(visibility === null ? [] : [{ label: 'Visible to', value: visibility }]),
    ...(languages.length === 0 ? [] : [{ label: 'Languages', value: languages.join(', ') }]),
  ];
}

export function warningsOf(
  {
    content,
    targets,
    dueAt,
    postId,
  }: { content: VariantContent; targets: Targets; dueAt: string | null; postId: string | undefined },
  services: CommandServices,
): string[] {
  const { clashes, duplicates } = findWarnings(
    { content, targets: targets.map(({ accountId, variant }) => ({ accountId, variant })), dueAt, postId },
    services,
  );
  return [
    ...clashes.map(({ heading }) => `“${heading}” is planned within a few minutes of it.`),
    ...duplicates.map(({ heading }) => `“${heading}” says the same on the same account.`),
  ];
}

export function nameOf(accountId: string, { accounts }: CommandServices): string {
  return accounts.findEver(accountId)?.name ?? 'an account that is gone';
}

export function describeAccount(accountId: string, { accounts }: CommandServices): string {
  const account = accounts.findEver(accountId);
  return account === undefined
    ? 'an account that is gone'
    : `${account.name} (${account.handle}, ${platformNames[account.platform]})`;
}
