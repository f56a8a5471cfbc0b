import { AtpAgent, CredentialSession, XRPCError } from '@atproto/api';
import { z } from 'zod';
import type { ConnectorContext } from '../../common/node/connector.ts';
import { createPlatformFetch, wasNeverSent } from '../../common/node/platform-fetch.ts';
import { PublishError } from '../../common/node/publish-error.ts';
import { credentialsRefused, isSessionError, statusOf, toBlueskyError } from './bluesky-errors.ts';

const sessionSchema = z.looseObject({
  did: z.string(),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string(),
  active: z.boolean().default(true),
});

/** What the vault keeps for a Bluesky account. */
export const blueskyCredentialSchema = z.strictObject({
  serviceUrl: z.string(),
  /** Where the account really lives; the service names it when one signs in. */
  pdsUrl: z.string().nullable(),
  identifier: z.string(),
  appPassword: z.string(),
  session: sessionSchema,
});
export type BlueskyCredential = z.infer<typeof blueskyCredentialSchema>;

export interface SignIn {
  serviceUrl: string;
  identifier: string;
  appPassword: string;
}

/** @throws PublishError `credentials-refused`, `unreachable`, `rate-limited` */
export async function signIn(
  request: SignIn,
  signal: AbortSignal,
  now: () => Date,
): Promise<BlueskyCredential> {
  const session = new CredentialSession(new URL(request.serviceUrl), createPlatformFetch(signal));
  const { identifier, appPassword } = request;
  try {
    await session.login({ identifier: identifier.replace(/^@/, ''), password: appPassword });
  } catch (thrown) {
    signal.throwIfAborted();
    if (isRefusal(thrown)) throw credentialsRefused(thrown);
    throw toBlueskyError(thrown, { isReading: true, now: now() });
  }
  return { ...request, pdsUrl: session.pdsUrl?.href ?? null, session: sessionSchema.parse(session.session) };
}

/** Only a plain no to these very credentials. A server in trouble answers with anything but this. */
function isRefusal(thrown: unknown): boolean {
  if (!(thrown instanceof XRPCError)) return false;
  const isAboutAccount = ['AccountTakedown', 'AuthFactorTokenRequired', 'AuthenticationRequired'];
  return statusOf(thrown) === 401 && isAboutAccount.includes(thrown.error);
}

export interface SignedIn {
  agent: AtpAgent;
  did: string;
  handle: string;
}

/**
 * Runs a call as the account. An expired session is renewed and saved; where the server will not renew it, one signs in
 * again with the app password. Only when that is refused too are the credentials: a broken line refuses nobody.
 *
 * @throws PublishError
 */
export async function withBlueskySession<Value>(
  context: ConnectorContext,
  call: { isReading: boolean },
  work: (signedIn: SignedIn) => Promise<Value>,
): Promise<Value> {
  const { signal, now } = context;
  let credential = blueskyCredentialSchema.parse(await context.readCredential());
  for (let hasSignedIn = false; ;) {
    const attempt = await tryWith(context, credential, work);
    if (attempt.ok) return attempt.value;
    signal.throwIfAborted();
    if (!isSessionError(attempt.thrown)) throw toBlueskyError(attempt.thrown, { ...call, now: now() });
    if (attempt.couldNotRenew) throw sessionNotRenewed(attempt.thrown);
    if (hasSignedIn) throw credentialsRefused(attempt.thrown);
    credential = await signIn(credential, signal, now);
    await context.saveCredential(credential);
    hasSignedIn = true;
  }
}

type Attempt<Value> = { ok: true; value: Value } | { ok: false; thrown: unknown; couldNotRenew: boolean };

async function tryWith<Value>(
  context: ConnectorContext,
  credential: BlueskyCredential,
  work: (signedIn: SignedIn) => Promise<Value>,
): Promise<Attempt<Value>> {
  let couldNotRenew = false;
  let saving: Promise<void> = Promise.resolve();
  const session = new CredentialSession(
    new URL(credential.serviceUrl),
    createPlatformFetch(context.signal),
    (event, renewed) => {
      if (event === 'network-error') couldNotRenew = true;
      if (event !== 'update' || renewed === undefined) return;
      const pdsUrl = session.pdsUrl?.href ?? credential.pdsUrl;
      saving = context.saveCredential({ ...credential, pdsUrl, session: sessionSchema.parse(renewed) });
      // Awaited below; a rejection meanwhile is not unhandled.
      saving.catch(() => undefined);
    },
  );
  // The library's own resume would renew the session at every start.
  session.session = credential.session;
  if (credential.pdsUrl !== null) session.pdsUrl = new URL(credential.pdsUrl);
  const { did, handle } = credential.session;
  try {
    const value = await work({ agent: new AtpAgent(session), did, handle });
    await saving;
    return { ok: true, value };
  } catch (thrown) {
    await saving;
    return { ok: false, thrown, couldNotRenew };
  }
}

function sessionNotRenewed(cause: unknown): PublishError {
  return new PublishError({
    kind: 'unreachable',
    userMessage:
      'The session with Bluesky could not be renewed, because the line broke. Nothing was sent, and it is tried again by itself.',
    details: { neverSent: wasNeverSent(cause) },
    cause,
  });
}
