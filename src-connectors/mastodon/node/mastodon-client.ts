import { createRestAPIClient, type mastodon } from 'masto';
import { z } from 'zod';
import type { ConnectorContext } from '../../common/node/connector.ts';

const credentialSchema = z.strictObject({ accessToken: z.string() });

const callTimeoutMs = 30_000;
/** Gigabytes over a slow line. */
const uploadTimeoutMs = 3_600_000;
/** The server converts a video before it can be posted. */
const mediaTimeoutMs = 10 * 60_000;

/** Speaks to the account's server as the account. */
export async function openMastodon(
  context: ConnectorContext,
  { isUpload = false } = {},
): Promise<mastodon.rest.Client> {
  const { accessToken } = credentialSchema.parse(await context.readCredential());
  return createRestAPIClient({
    url: context.account.serviceUrl ?? '',
    accessToken,
    requestInit: { signal: context.signal },
    timeout: isUpload ? uploadTimeoutMs : callTimeoutMs,
    mediaTimeout: mediaTimeoutMs,
  });
}
