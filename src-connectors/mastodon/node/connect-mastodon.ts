import { createHash, randomBytes } from 'node:crypto';
import { createOAuthAPIClient, createRestAPIClient, type mastodon } from 'masto';
import type { PlatformLimits } from '../../../src-shared/domain/platforms/platform-limits.ts';
import type { ConnectorContext } from '../../common/node/connector.ts';
import type { AccountDescription, SignedInAccount, SignInOptions } from '../../common/node/remote-account.ts';
import { mastodonLimits } from '../shared/mastodon-limits.ts';
import { openMastodon } from './mastodon-client.ts';
import { toMastodonError } from './mastodon-errors.ts';

/** The person copies the code from a page of the server: no address of this machine is needed. */
const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';
const scopes = 'read:accounts read:statuses write:statuses write:media';

export interface MastodonRegistration {
  clientId: string;
  clientSecret: string;
  codeVerifier: string;
}

/** Makes Longhand known to the server. @throws PublishError */
export async function registerWithMastodon(
  serviceUrl: string,
  options: SignInOptions,
): Promise<MastodonRegistration & { authoriseUrl: string }> {
  const codeVerifier = randomBytes(32).toString('base64url');
  const app = await translated(options, () =>
    createRestAPIClient({ url: serviceUrl, requestInit: { signal: options.signal } }).v1.apps.create({
      clientName: 'Longhand',
      redirectUris: outOfBand,
      scopes,
    }),
  );
  const clientId = app.clientId ?? '';
  const authorise = new URL('/oauth/authorize', serviceUrl);
  authorise.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: outOfBand,
    response_type: 'code',
    scope: scopes,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return { clientId, clientSecret: app.clientSecret ?? '', codeVerifier, authoriseUrl: authorise.href };
}

/** Exchanges the code for access. @throws PublishError */
export async function completeMastodonSignIn(
  request: MastodonRegistration & { serviceUrl: string; code: string },
  options: SignInOptions,
): Promise<SignedInAccount> {
  const { serviceUrl, clientId, clientSecret, codeVerifier, code } = request;
  const token = await translated(options, () =>
    createOAuthAPIClient({ url: serviceUrl, requestInit: { signal: options.signal } }).token.create({
      grantType: 'authorization_code',
      clientId,
      clientSecret,
      redirectUri: outOfBand,
      code,
      scope: scopes,
      // Servers from 4.3 on check it; the library does not know the field yet.
      ...{ codeVerifier },
    }),
  );
  return signInToMastodon({ serviceUrl, accessToken: token.accessToken }, options);
}

/** @throws PublishError */
export async function signInToMastodon(
  { serviceUrl, accessToken }: { serviceUrl: string; accessToken: string },
  options: SignInOptions,
): Promise<SignedInAccount> {
  const client = createRestAPIClient({
    url: serviceUrl,
    accessToken,
    requestInit: { signal: options.signal },
  });
  const description = await translated(options, () => describe(client, serviceUrl));
  return { description, credential: { accessToken } };
}

/** Asks the server whether the account can be used, and for its limits. @throws PublishError */
export async function checkMastodonAccount(context: ConnectorContext): Promise<AccountDescription> {
  const client = await openMastodon(context);
  return translated(context, () => describe(client, context.account.serviceUrl ?? ''));
}

async function describe(client: mastodon.rest.Client, serviceUrl: string): Promise<AccountDescription> {
  const me = await client.v1.accounts.verifyCredentials();
  const { host } = new URL(serviceUrl);
  return {
    remoteId: `${host}:${me.id}`,
    handle: me.acct.includes('@') ? `@${me.acct}` : `@${me.acct}@${host}`,
    serviceUrl,
    profileUrl: me.url,
    limits: await readLimits(client),
  };
}

async function readLimits(client: mastodon.rest.Client): Promise<PlatformLimits> {
  const { configuration } = await client.v2.instance.fetch();
  // Older servers and look-alikes leave parts of it out.
  const said = configuration as DeepPartial<typeof configuration> | undefined;
  const { statuses, mediaAttachments: media } = said ?? {};
  return mastodonLimits({
    maxCharacters: statuses?.maxCharacters,
    charactersPerLink: statuses?.charactersReservedPerUrl,
    maxMediaCount: statuses?.maxMediaAttachments,
    imageMaxBytes: media?.imageSizeLimit,
    imageMaxPixels: media?.imageMatrixLimit,
    videoMaxBytes: media?.videoSizeLimit,
    videoMaxPixels: media?.videoMatrixLimit,
    mimeTypes: media?.supportedMimeTypes?.filter((type) => type !== undefined),
  });
}

type DeepPartial<Value> = Value extends object ? { [Key in keyof Value]?: DeepPartial<Value[Key]> } : Value;

async function translated<Value>(options: SignInOptions, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (thrown) {
    throw toMastodonError(thrown, { isReading: true, now: options.now() });
  }
}
