import { blueskyCommands } from './bluesky/shared/bluesky-commands.ts';
import { feedCommands } from './feed/shared/feed-commands.ts';
import { manualCommands } from './manual/shared/manual-commands.ts';
import { mastodonCommands } from './mastodon/shared/mastodon-commands.ts';

/** How accounts are connected: each platform asks for something else. */
export const connectCommands = {
  ...blueskyCommands,
  ...mastodonCommands,
  ...feedCommands,
  ...manualCommands,
};
