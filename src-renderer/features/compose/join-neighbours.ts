import { appLanguage } from '../../../src-shared/domain/app-language.ts';
import type { PostWarnings } from '../../../src-shared/contract/post-commands.ts';
import type { Account } from '../../../src-shared/domain/account.ts';

/** Another post, and the names of the accounts on which it says the same, or on which it only stands close by. */
export interface Neighbour {
  post: PostWarnings['clashes'][number];
  sameOn: string | null;
  nearOn: string | null;
}

const listFormat = new Intl.ListFormat(appLanguage, { type: 'conjunction' });

/** The warnings of all accounts by the post that they are about, those that say the same first. */
export function joinNeighbours(
  { clashes, duplicates }: PostWarnings,
  accounts: readonly Pick<Account, 'accountId' | 'name'>[],
): Neighbour[] {
  const nameOf = (accountId: string) =>
    accounts.find((account) => account.accountId === accountId)?.name ?? 'an account';
  const posts = new Map([...duplicates, ...clashes].map((post) => [post.postId, post]));
  return [...posts.values()].map((post) => {
    const same = duplicates.filter(({ postId }) => postId === post.postId).map(({ accountId }) => accountId);
    const near = clashes
      .filter(({ postId, accountId }) => postId === post.postId && !same.includes(accountId))
      .map(({ accountId }) => accountId);
    return { post, sameOn: list(same.map(nameOf)), nearOn: list(near.map(nameOf)) };
  });
}

function list(names: readonly string[]): string | null {
  return names.length === 0 ? null : listFormat.format(names);
}
