import type { AfterCommit } from '../../../src-api/commands/handler-types.ts';
import type { CommandServices } from '../../../src-api/commands/services.ts';
import type { AccountIdentity } from '../../../src-data/accounts.ts';
import type { AccountSettings } from '../../../src-shared/domain/account.ts';

/** Settings that are ready to be written down, and what follows from them. */
interface PreparedSettings {
  /** As they are kept. */
  settings: AccountSettings;
  /** What the account is known by with them. */
  identity: Partial<Pick<AccountIdentity, 'handle' | 'remoteId' | 'profileUrl'>>;
  /** Inside the transaction. @throws AppError where they cannot be taken */
  requireFitting: () => void;
  afterCommit: AfterCommit;
}

/** For a platform whose settings need more than to be written down. @throws AppError where they cannot be used */
export type PrepareSettings = (
  accountId: string,
  settings: AccountSettings,
  services: CommandServices,
) => Promise<PreparedSettings>;
