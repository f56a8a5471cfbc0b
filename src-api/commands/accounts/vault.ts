import type { VaultState } from '../../../src-shared/domain/account.ts';
import type { ChangeHandler, QueryHandler } from '../handler-types.ts';
import type { CommandServices } from '../services.ts';
import { wrongState } from '../wrong-state.ts';

export function readVault(_services: CommandServices): Promise<VaultState> {
  return Promise.resolve({
    state: 'not-set-up',
    protection: null,
    isKeyringAvailable: false,
    message: 'No credentials are kept yet.',
  });
}

export const readVaultState: QueryHandler<'read-vault-state'> = {
  answer: (_input, services) => readVault(services),
};

const notYet = () => {
  throw wrongState('Credentials cannot be kept yet. Nothing was changed.', {});
};

export const protectVault: ChangeHandler<'protect-vault'> = { prepare: () => notYet };
export const unlockVault: ChangeHandler<'unlock-vault'> = { prepare: () => notYet };
export const resetVault: ChangeHandler<'reset-vault'> = { prepare: () => notYet };
