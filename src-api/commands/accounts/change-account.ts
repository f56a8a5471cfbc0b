import { randomUUID } from 'node:crypto';
import type { AccountIdentity } from '../../../src-data/accounts.ts';
import type { ConnectedAccount } from '../../../src-shared/contract/account-parts.ts';
import { type AccountSettings } from '../../../src-shared/domain/account.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { platformNames } from '../../../src-shared/domain/platforms/known-platforms.ts';
import { headingOf } from '../../../src-shared/domain/post.ts';
import type { Change, ChangeHandler, QueryHandler } from '../handler-types.ts';
import type { CommandServices } from '../services.ts';
import { wakePosts } from '../../boundary/start-messages.ts';
import { isPast } from '../../posts/take-up-posts.ts';

export const listAccounts: QueryHandler<'list-accounts'> = {
  async answer(_input, { accounts, vault, posts, now }) {
    const vaultState = await vault.readState();
    const connected = accounts.list();
    const stoppedPosts = connected.flatMap(({ accountId }) => {
      const stopped = posts.listStopped(accountId);
      const pastCount = stopped.filter((each) => isPast(each, now())).length;
      return stopped.length === 0 ? [] : [{ accountId, postCount: stopped.length, pastCount }];
    });
    return { accounts: connected, vault: vaultState, stoppedPosts };
  },
};

export const disconnectAccount: ChangeHandler<'disconnect-account'> = {
  prepare:
    ({ accountId }, { accounts, credentials, posts }) =>
    () => {
      const { name } = accounts.get(accountId);
      const stopped = posts.stopForAccount(accountId, name);
      credentials.remove(accountId);
      accounts.disconnect(accountId);
      return {
        output: {
          removed: true,
          stoppedPostCount: stopped.length,
          message: describeDisconnected(name, stopped.length),
        },
        entityId: accountId,
        messages: wakePosts(stopped),
      };
    },
  preview: ({ accountId }, { accounts, posts }) => {
    const { name, handle, platform } = accounts.get(accountId);
    return {
      title: `Disconnect ${name}`,
      lines: [
        { label: 'Account', value: `${name} (${handle}, ${platformNames[platform]})` },
        ...posts.listWaitingFor(accountId).map((postId) => ({
          label: 'Will not be sent',
          value: headingOf(posts.get(postId).row.content),
        })),
      ],
      warnings: ['Its credentials are forgotten. What was posted stays where it is.'],
      costs: [],
    };
  },
};

export interface NewConnection {
  identity: AccountIdentity;
  name: string | undefined;
  settings: AccountSettings;
  /** Given when a certain account is to be connected again: it must be the same one. */
  expectedAccountId?: string | undefined;
}

/** Connects an account inside the transaction: a new one, or the same one again. */
export function connectAccount(
  services: CommandServices,
  connection: NewConnection,
): Change<ConnectedAccount> {
  const { accounts } = services;
  const { identity, name, settings, expectedAccountId } = connection;
  const present = accounts.findByIdentity(identity);
  if (expectedAccountId !== undefined && present?.accountId !== expectedAccountId) {
    throw new AppError({
      code: 'input.conflict',
      userMessage: `These credentials belong to ${identity.handle}, which is another account. Nothing was changed. Sign in as the account you want to connect again, or add this one as a new account.`,
      retry: 'user',
      details: { expectedAccountId },
    });
  }
  const accountId = present?.accountId ?? randomUUID();
  accounts.connect({
    ...identity,
    accountId,
    name: name ?? present?.name ?? identity.handle,
    settings: present?.settings ?? settings,
  });
  return {
    output: {
      ...accounts.get(accountId),
      stoppedPostCount: services.posts.listStopped(accountId).length,
    },
    entityId: accountId,
    messages: wakePosts(services.posts.goOnWithAccount(accountId)),
  };
}

function describeDisconnected(name: string, stoppedCount: number): string {
  const disconnected = `“${name}” is disconnected. What was posted stays where it is.`;
  if (stoppedCount === 0) return disconnected;
  return `${disconnected} ${stoppedCount === 1 ? 'One post that waited for it was' : `${stoppedCount} posts that waited for it were`} not sent, and ${stoppedCount === 1 ? 'is' : 'are'} kept.`;
}
