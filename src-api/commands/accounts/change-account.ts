import { randomUUID } from 'node:crypto';
import type { AccountIdentity } from '../../../src-data/accounts.ts';
import type { OutboxMessage } from '../../../src-data/outbox.ts';
import type { Account, AccountSettings } from '../../../src-shared/domain/account.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { Change, ChangeHandler, QueryHandler } from '../handler-types.ts';
import type { CommandServices } from '../services.ts';
import { postChanged, startPost } from '../../boundary/start-messages.ts';
import { wrongState } from '../wrong-state.ts';

export const listAccounts: QueryHandler<'list-accounts'> = {
  answer: (_input, { accounts, vault }) => ({ accounts: accounts.list(), vault: vault.readState() }),
};

export const updateAccount: ChangeHandler<'update-account'> = {
  prepare:
    ({ accountId, name, handle, settings }, { accounts }) =>
    () => {
      const account = accounts.get(accountId);
      if (handle !== undefined && account.platform !== 'manual') {
        throw wrongState('The platform itself names this account. Nothing was changed.', { accountId });
      }
      if (settings !== undefined) requireSamePlatform(account, settings);
      accounts.change(accountId, {
        ...(name === undefined ? {} : { name }),
        ...(handle === undefined ? {} : { handle }),
        ...(settings === undefined ? {} : { settings }),
      });
      return { output: accounts.get(accountId), entityId: accountId };
    },
};

export const disconnectAccount: ChangeHandler<'disconnect-account'> = {
  prepare:
    ({ accountId }, { accounts, credentials }) =>
    () => {
      accounts.get(accountId);
      credentials.remove(accountId);
      accounts.disconnect(accountId);
      return { output: { removed: true }, entityId: accountId };
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
export function connectAccount(services: CommandServices, connection: NewConnection): Change<Account> {
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
  return { output: accounts.get(accountId), entityId: accountId, messages: wakePosts(services, accountId) };
}

/** Posts that wait for the account go on. The start makes sure that there is someone to hear of it. */
function wakePosts({ postQueries }: CommandServices, accountId: string): OutboxMessage[] {
  return postQueries.listWaitingFor(accountId).flatMap((postId) => [postChanged(postId), startPost(postId)]);
}

function requireSamePlatform(account: Account, settings: AccountSettings): void {
  if (settings.platform === account.platform) return;
  throw new AppError({
    code: 'input.invalid',
    userMessage: 'These settings are for another platform. Nothing was changed.',
    retry: 'never',
    details: { accountId: account.accountId, platform: settings.platform },
  });
}
