import type { DataFolder } from '../src-node/data-folder.ts';
import type { Platform } from '../src-shared/domain/account.ts';
import { createBlueskyConnector } from './bluesky/node/bluesky-connector.ts';
import type { Connector } from './common/node/connector.ts';
import { createFeedConnector } from './feed/node/feed-connector.ts';
import { createManualConnector } from './manual/node/manual-connector.ts';
import { createMastodonConnector } from './mastodon/node/mastodon-connector.ts';

/** What speaks to each platform. */
export const connectorMakers: Readonly<Record<Platform, (dataFolder: DataFolder) => Connector>> = {
  bluesky: () => createBlueskyConnector(),
  mastodon: createMastodonConnector,
  feed: createFeedConnector,
  manual: createManualConnector,
};
