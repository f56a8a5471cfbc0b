import type { Vault } from '../../../src-node/secrets/vault.ts';
import type { Logger } from '../../../src-node/logger.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { ConnectorContext, KnownOfPublication } from './connector.ts';

/** What a connector is given to work with for one account. Secrets are read when they are needed, and not kept. */
export function openConnectorContext(
  { vault, logger }: { vault: Vault; logger: Logger },
  account: Account,
  {
    signal,
    firstSentAt = null,
    unknownSince = null,
    isAnother = () => false,
  }: { signal: AbortSignal } & Partial<KnownOfPublication>,
): ConnectorContext {
  const { accountId } = account;
  return {
    account,
    readCredential: () => vault.read(accountId),
    saveCredential: (credential) => vault.renew(accountId, credential),
    signal,
    now: () => new Date(),
    logger: logger.child({ accountId, platform: account.platform }),
    firstSentAt,
    unknownSince,
    isAnother,
  };
}
