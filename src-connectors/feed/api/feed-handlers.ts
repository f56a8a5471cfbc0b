import { mkdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { connectAccount } from '../../../src-api/commands/accounts/change-account.ts';
import type { ChangeHandler, Handlers } from '../../../src-api/commands/handler-types.ts';
import type { CommandServices } from '../../../src-api/commands/services.ts';
import { toDataFolderError } from '../../../src-node/data-folder.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { PrepareSettings } from '../../common/api/prepare-settings.ts';
import { feedMissing, rewriteFeeds } from '../node/feed-connector.ts';
import { beginFeed, isFeed } from '../node/feed-state.ts';
import type { feedCommands } from '../shared/feed-commands.ts';
import { feedLimits } from '../shared/feed-limits.ts';
import type { FeedDetails } from '../shared/feed.ts';

const connectFeedAccount: ChangeHandler<'connect-feed-account'> = {
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

/** What a feed is known by. */
function describeFeed(folder: string, { title, baseUrl }: FeedDetails) {
  return { handle: title, remoteId: folder, profileUrl: new URL('feed.xml', withSlash(baseUrl)).href };
}

/**
 * The folder of a feed, made where it is not there yet. One that has episodes is never made anew: its drive may only be
 * unplugged.
 * @throws AppError `storage.*`, `input.not-a-folder`, `platform.folder-missing`
 */
async function openFeedFolder(
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

/** Other details, or another folder: what stands there is written anew once the change is on disk. */
export const prepareFeedSettings: PrepareSettings = async (accountId, given, services) => {
  if (given.platform !== 'feed') throw new Error('these are no settings of a feed');
  const { details } = given;
  const folder = await openFeedFolder(resolve(given.folder), services);
  return {
    settings: { platform: 'feed', folder, details },
    identity: describeFeed(folder, details),
    requireFitting: () => requireOwnFolder(accountId, folder, services),
    afterCommit: () => rewriteFeeds(folder, details),
  };
};

function requireOwnFolder(
  accountId: string,
  folder: string,
  { accounts }: Pick<CommandServices, 'accounts'>,
): void {
  const owner = accounts.findByIdentity({ platform: 'feed', remoteId: folder });
  if (owner === undefined || owner.accountId === accountId) return;
  throw new AppError({
    code: 'input.conflict',
    userMessage: `${folder} is the folder of another feed, “${owner.name}”. Nothing was changed. Choose a folder of its own.`,
    retry: 'user',
    details: { accountId, folder },
  });
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

export const feedHandlers: Pick<Handlers, keyof typeof feedCommands> = {
  'connect-feed-account': connectFeedAccount,
};
