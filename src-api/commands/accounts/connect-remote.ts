import type { Connector, ConnectorContext } from '../../../src-connectors/common/node/connector.ts';
import { openConnectorContext } from '../../../src-connectors/common/node/open-context.ts';
import { PublishError } from '../../../src-connectors/common/node/publish-error.ts';
import type {
  AccountDescription,
  SignedInAccount,
  SignInOptions,
} from '../../../src-connectors/common/node/remote-account.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { wakePosts } from '../../boundary/start-messages.ts';
import type { ChangeHandler } from '../handler-types.ts';
import type { CommandServices } from '../services.ts';
import { wrongState } from '../wrong-state.ts';
import { connectAccount, type NewConnection } from './change-account.ts';

/** Somebody is waiting for the answer. */
const patienceMs = 45_000;

export function signInOptions({ now }: Pick<CommandServices, 'now'>): SignInOptions {
  return { signal: AbortSignal.timeout(patienceMs), now };
}

/**
 * Signs in to an account that nothing waits for yet. A plain no is told as such; where the platform wants something else
 * of the person, its own words stand (`hasOwnWords`).
 */
export async function signInFirst<SignedIn>(
  refusedMessage: string,
  signIn: () => Promise<SignedIn>,
  hasOwnWords: (refusal: PublishError) => boolean = () => false,
): Promise<SignedIn> {
  try {
    return await signIn();
  } catch (thrown) {
    if (!(thrown instanceof PublishError)) throw thrown;
    const isNo = thrown.kind === 'credentials-refused' || thrown.kind === 'refused';
    if (!isNo || hasOwnWords(thrown)) throw thrown;
    throw new PublishError({ kind: thrown.kind, userMessage: refusedMessage, cause: thrown });
  }
}

export const reconnectAccount: ChangeHandler<'reconnect-account'> = {
  async prepare({ accountId, secret }, services) {
    const account = services.accounts.get(accountId);
    await services.vault.prepare();
    const connector = services.connectorOf(account.platform);
    if (connector.signInAgain === undefined) {
      throw wrongState('This account needs no credentials. Nothing was changed.', { accountId });
    }
    const signedIn = await connector.signInAgain(account, secret, signInOptions(services));
    const { settings } = account;
    return () =>
      connectSignedIn(services, signedIn, { name: undefined, settings, expectedAccountId: accountId });
  },
};

export const verifyAccount: ChangeHandler<'verify-account'> = {
  async prepare({ accountId }, services) {
    const { accounts } = services;
    const account = accounts.get(accountId);
    const { signal } = signInOptions(services);
    const connector = services.connectorOf(account.platform);
    const checked = await check(connector, openConnectorContext(services, account, { signal }));
    return () => {
      if (checked instanceof PublishError) {
        refuse(account, checked, services);
        return { output: accounts.get(accountId), entityId: accountId };
      }
      accounts.confirm(accountId, checked === null ? {} : pickRenewed(checked));
      const messages = wakePosts(services.posts.goOnWithAccount(accountId));
      return { output: accounts.get(accountId), entityId: accountId, messages };
    };
  },
};

/** Told once, however often it is looked. */
function refuse(
  { accountId, name, state }: Account,
  error: PublishError,
  { accounts, notices }: CommandServices,
): void {
  accounts.requireReconnect(accountId, error.toDto());
  if (state !== 'connected') return;
  notices.add({
    kind: 'account-problem',
    title: `“${name}” must be connected again`,
    body: error.userMessage,
    target: { screen: 'settings', section: 'accounts' },
  });
}

/** Only a definite no is a result; anything else that goes wrong leaves the account as it is. */
async function check(
  connector: Connector,
  context: ConnectorContext,
): Promise<AccountDescription | PublishError | null> {
  try {
    return (await connector.check?.(context)) ?? null;
  } catch (thrown) {
    if (thrown instanceof PublishError && thrown.kind === 'credentials-refused') return thrown;
    throw thrown;
  }
}

function pickRenewed({ handle, profileUrl, limits }: AccountDescription) {
  return { handle, profileUrl, limits };
}

/** The account and its credential in one transaction. */
export function connectSignedIn(
  services: CommandServices,
  { description, credential }: SignedInAccount,
  connection: Omit<NewConnection, 'identity'>,
): ReturnType<typeof connectAccount> {
  const { platform } = connection.settings;
  const change = connectAccount(services, { ...connection, identity: { ...description, platform } });
  services.vault.save(change.output.accountId, credential);
  return change;
}
