import { mkdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { connectAccount } from '../../../src-api/commands/accounts/change-account.ts';
import type { ChangeHandler } from '../../../src-api/commands/handler-types.ts';
import type { CommandServices } from '../../../src-api/commands/services.ts';
import { toDataFolderError } from '../../../src-node/data-folder.ts';
import { manualServiceLimits, manualServiceNames } from '../../manual/shared/manual-services.ts';
import { feedMissing } from '../node/feed-connector.ts';
import { beginFeed, isFeed } from '../node/feed-state.ts';
import { feedLimits } from '../shared/feed-limits.ts';
import type { FeedDetails } from '../shared/feed.ts';

/** Accounts that live on this machine and need no credentials. */

export const connectFeedAccount: ChangeHandler<'connect-feed-account'> = {
  async prepare({ folder, details, name }, services) {
    const path = await openFeedFolder(resolve(folder), services);
    return () =>
      connectAccount(services, {
        identity: {
          platform: 'feed',
          ...describeFeed(path, details),
          serviceUrl: null,
          limits: feedLimits,
        },
        name: name ?? details.title,
        settings: { platform: 'feed', folder: path, details },
      });
  },
};

export const connectManualAccount: ChangeHandler<'connect-manual-account'> = {
  prepare:
    ({ service, handle, name }, services) =>
    () =>
      connectAccount(services, {
        identity: {
          platform: 'manual',
          handle,
          remoteId: `${service}:${handle.toLowerCase()}`,
          serviceUrl: null,
          profileUrl: null,
          limits: manualServiceLimits[service],
        },
        name: name ?? manualServiceNames[service],
        settings: { platform: 'manual', service },
      }),
};

/** What a feed is known by. */
export function describeFeed(folder: string, { title, baseUrl }: FeedDetails) {
  return { handle: title, remoteId: folder, profileUrl: new URL('feed.xml', withSlash(baseUrl)).href };
}

/**
 * The folder of a feed, made where it is not there yet. One that has episodes is never made anew: its drive may only be
 * unplugged.
 * @throws AppError `storage.*`, `input.not-a-folder`, `platform.folder-missing`
 */
export async function openFeedFolder(
  path: string,
  { accounts, posts }: Pick<CommandServices, 'accounts' | 'posts'>,
): Promise<string> {
  const known = accounts.findByIdentity({ platform: 'feed', remoteId: path });
  if (known !== undefined && posts.hasPublished(known.accountId)) {
    if (!isFeed(path)) throw feedMissing(path);
    return path;
  }
  try {
    await mkdir(path, { recursive: true });
    const folder = await realpath(path);
    await beginFeed(folder);
    return folder;
  } catch (thrown) {
    throw toDataFolderError(thrown, path);
  }
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
