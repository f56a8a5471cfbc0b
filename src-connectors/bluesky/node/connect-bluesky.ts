import type { Account } from '../../../src-shared/domain/account.ts';
import type { ConnectorContext } from '../../common/node/connector.ts';
import type { AccountDescription, SignedInAccount, SignInOptions } from '../../common/node/remote-account.ts';
import { blueskyLimits } from '../shared/bluesky-limits.ts';
import { blueskyCredentialSchema, signIn, withBlueskySession, type SignIn } from './bluesky-session.ts';

/** @throws PublishError `credentials-refused`, `unreachable`, `rate-limited`, `refused` */
export async function signInToBluesky(
  request: SignIn,
  { signal, now }: SignInOptions,
): Promise<SignedInAccount> {
  const credential = await signIn(request, signal, now);
  const { did, handle } = credential.session;
  return { description: describe(request.serviceUrl, did, handle), credential };
}

/** Asks the server whether the account can be used. @throws PublishError */
export async function checkBlueskyAccount(context: ConnectorContext): Promise<AccountDescription> {
  const { serviceUrl } = blueskyCredentialSchema.parse(await context.readCredential());
  return withBlueskySession(context, { isReading: true }, async ({ agent }) => {
    const { data } = await agent.com.atproto.server.getSession();
    return describe(serviceUrl, data.did, data.handle);
  });
}

/** With the app password that the person has made anew. */
export async function signInToBlueskyAgain(
  { handle, serviceUrl }: Account,
  appPassword: string,
  options: SignInOptions,
): Promise<SignedInAccount> {
  return signInToBluesky(
    { serviceUrl: serviceUrl ?? defaultService, identifier: handle, appPassword },
    options,
  );
}

const defaultService = 'https://bsky.social';

function describe(serviceUrl: string, did: string, handle: string): AccountDescription {
  return {
    remoteId: did,
    handle: `@${handle}`,
    serviceUrl,
    profileUrl: `https://bsky.app/profile/${did}`,
    limits: blueskyLimits,
  };
}
