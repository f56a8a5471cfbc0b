import type { CommandInput } from '../../../src-shared/contract/registry.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { defaultLateness, type LatenessPolicy } from '../../../src-shared/domain/lateness.ts';
import { descriptionOf, platformNames } from '../../../src-shared/domain/platforms/known-platforms.ts';
import type { Post } from '../../../src-shared/domain/post.ts';
import type {
  ContentPart,
  MediaReference,
  VariantContent,
} from '../../../src-shared/domain/variant-content.ts';
import { openWhen, whenOf, type When } from '../posts/when.ts';

/** A post while it is written. */
export interface Composition {
  content: VariantContent;
  accountIds: readonly string[];
  /** What accounts say that have words of their own. */
  variants: Readonly<Record<string, VariantContent>>;
  when: When;
  lateness: LatenessPolicy;
}

export const emptyPart: ContentPart = { text: '', media: [] };

export function emptyComposition(zone: string): Composition {
  return {
    content: {
      parts: [emptyPart],
      title: null,
      contentWarning: null,
      visibility: null,
      languages: [],
    },
    accountIds: [],
    variants: {},
    when: openWhen(zone),
    lateness: defaultLateness,
  };
}

export function fromPost(
  post: Pick<Post, 'content' | 'targets' | 'due' | 'lateness'>,
  zone: string,
): Composition {
  const { content, due, lateness } = post;
  // What was cancelled for an account is wanted there again only where it is chosen again.
  const targets = post.targets.filter(({ state }) => state !== 'cancelled');
  return {
    content,
    accountIds: targets.map(({ accountId }) => accountId),
    variants: Object.fromEntries(
      targets.flatMap(({ accountId, variant }) => (variant === null ? [] : [[accountId, variant]])),
    ),
    when: due === null ? openWhen(zone) : whenOf(due),
    lateness,
  };
}

/** The accounts with their own words, as the commands take them. */
export function toTargets({
  accountIds,
  variants,
}: Composition): NonNullable<CommandInput<'check-post'>['targets']> {
  return accountIds.map((accountId) => ({ accountId, variant: variants[accountId] ?? null }));
}

export function toDraftInput(
  composition: Composition,
  postId: string | undefined,
): CommandInput<'save-draft'> {
  const { content, when, lateness } = composition;
  const hasTime = when.date !== '' && when.time !== '';
  return {
    ...(postId === undefined ? {} : { postId }),
    content,
    targets: toTargets(composition),
    due: hasTime ? { localTime: `${when.date}T${when.time}`, zone: when.zone } : null,
    lateness,
  };
}

export function isEmpty({ content, variants }: Composition): boolean {
  const hasWords = ({ parts, title }: VariantContent) =>
    (title ?? '') !== '' || parts.some(({ text, media }) => text.trim() !== '' || media.length > 0);
  return !hasWords(content) && !Object.values(variants).some(hasWords);
}

/** What is written for an account: its own words, or those for all (null). */
export function contentFor({ content, variants }: Composition, accountId: string | null): VariantContent {
  return accountId === null ? content : (variants[accountId] ?? content);
}

/** Puts words in the place of those for an account, or for all (null). */
export function withContent(
  composition: Composition,
  accountId: string | null,
  content: VariantContent,
): Composition {
  return accountId === null
    ? { ...composition, content }
    : { ...composition, variants: { ...composition.variants, [accountId]: content } };
}

export function withoutVariant(composition: Composition, accountId: string): Composition {
  return {
    ...composition,
    variants: Object.fromEntries(Object.entries(composition.variants).filter(([id]) => id !== accountId)),
  };
}

/** Accounts that are taken off lose their own words as well. */
export function withAccounts(composition: Composition, accountIds: readonly string[]): Composition {
  return {
    ...composition,
    accountIds,
    variants: Object.fromEntries(
      Object.entries(composition.variants).filter(([accountId]) => accountIds.includes(accountId)),
    ),
  };
}

/** Without the accounts that are disconnected; itself where none is. */
export function withoutGone(
  composition: Composition,
  accounts: readonly Pick<Account, 'accountId'>[],
): Composition {
  const there = composition.accountIds.filter((id) => accounts.some(({ accountId }) => accountId === id));
  return there.length === composition.accountIds.length ? composition : withAccounts(composition, there);
}

export function withPart(content: VariantContent, index: number, part: Partial<ContentPart>): VariantContent {
  return {
    ...content,
    parts: content.parts.map((other, at) => (at === index ? { ...other, ...part } : other)),
  };
}

export function withPartAdded(content: VariantContent, after: number): VariantContent {
  return { ...content, parts: content.parts.toSpliced(after + 1, 0, emptyPart) };
}

export function withPartRemoved(content: VariantContent, index: number): VariantContent {
  const parts = content.parts.toSpliced(index, 1);
  return { ...content, parts: parts.length === 0 ? [emptyPart] : parts };
}

export function withMedia(
  content: VariantContent,
  partIndex: number,
  mediaIndex: number,
  change: Partial<MediaReference> | null,
): VariantContent {
  const part = content.parts[partIndex] ?? emptyPart;
  const media =
    change === null
      ? part.media.toSpliced(mediaIndex, 1)
      : part.media.map((one, at) => (at === mediaIndex ? { ...one, ...change } : one));
  return withPart(content, partIndex, { media });
}

/** What any of the chosen platforms can do, so that only fitting fields are shown. */
export function featuresOf(accounts: readonly Account[]) {
  return {
    hasTitle: accounts.some(({ limits }) => limits.title !== null),
    /** The platforms that have it, by name. */
    contentWarningOn: namesOf(accounts.filter(({ limits }) => limits.hasContentWarning)),
    visibilityOn: namesOf(accounts.filter(({ platform }) => descriptionOf(platform).hasVisibility)),
    mostParts: Math.max(1, ...accounts.map(({ limits }) => limits.maxThreadParts)),
  };
}

function namesOf(accounts: readonly Account[]): string[] {
  return [...new Set(accounts.map(({ platform }) => platformNames[platform]))];
}
