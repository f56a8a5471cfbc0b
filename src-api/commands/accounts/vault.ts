import type { ChangeHandler, QueryHandler } from '../handler-types.ts';
import type { CommandServices } from '../services.ts';
import { wakePosts } from '../../boundary/start-messages.ts';
import { credentialsLost } from '../../../src-node/secrets/vault-errors.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';

export const readVaultState: QueryHandler<'read-vault-state'> = {
  answer: (_input, { vault }) => vault.readState(),
};

export const protectVault: ChangeHandler<'protect-vault'> = {
  async prepare({ protection, passphrase }, { vault }) {
    if (protection === 'passphrase' && passphrase === undefined) {
      throw new AppError({
        code: 'input.invalid',
        userMessage: 'A passphrase of at least 8 characters is needed. Nothing was changed.',
        retry: 'user',
      });
    }
    const change = await vault.protect(protection, passphrase);
    return () => {
      const { afterCommit } = change();
      const output = vault.describe('unlocked', protection);
      return { output, entityId: null, afterCommit };
    };
  },
};

export const unlockVault: ChangeHandler<'unlock-vault'> = {
  async prepare({ passphrase }, { vault, posts, announce }) {
    await vault.unlock(passphrase);
    return () => ({
      output: vault.describe('unlocked', 'passphrase'),
      entityId: null,
      messages: wakePosts(posts.goOnUnlocked()),
      // The key is in memory only: no row of the database tells the screens of it.
      afterCommit: () => announce({ type: 'changed', topics: ['accounts'] }),
    });
  },
};

export const resetVault: ChangeHandler<'reset-vault'> = {
  prepare: (_input, services) => () => {
    forgetCredentials(services);
    const { vault } = services;
    return {
      output: vault.describe('not-set-up', null),
      entityId: null,
      afterCommit: () => vault.forgetRunKey(),
    };
  },
};

/** Forgets every credential; the accounts stay, and say that they must be connected again. */
function forgetCredentials({ vault, accounts }: CommandServices): void {
  for (const accountId of vault.reset()) {
    if (accounts.find(accountId) === undefined) continue;
    accounts.requireReconnect(accountId, credentialsLost(accountId).toDto());
  }
}

/**
 * Credentials that were kept for one run only are gone in the next: said when the program starts, not when a post is
 * due. A key that is not in the keyring may come back with it, and is left alone.
 */
export function forgetEndedRun(services: CommandServices): void {
  if (!services.vault.isRunOver()) return;
  services.database.transaction(() => forgetCredentials(services));
}
