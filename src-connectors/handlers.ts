import type { Handlers } from '../src-api/commands/handler-types.ts';
import type { Platform } from '../src-shared/domain/account.ts';
import { blueskyHandlers } from './bluesky/api/bluesky-handlers.ts';
import type { connectCommands } from './commands.ts';
import type { PrepareSettings } from './common/api/prepare-settings.ts';
import { feedHandlers, prepareFeedSettings } from './feed/api/feed-handlers.ts';
import { manualHandlers } from './manual/api/manual-handlers.ts';
import { mastodonHandlers } from './mastodon/api/mastodon-handlers.ts';

/** Who answers the commands that connect accounts. */
export const connectHandlers: Pick<Handlers, keyof typeof connectCommands> = {
  ...blueskyHandlers,
  ...mastodonHandlers,
  ...feedHandlers,
  ...manualHandlers,
};

/** Where a change of settings is more than writing them down. */
export const settingsPreparations: Readonly<Partial<Record<Platform, PrepareSettings>>> = {
  feed: prepareFeedSettings,
};
