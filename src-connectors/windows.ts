import type { Platform } from '../src-shared/domain/account.ts';
import { blueskyWindow } from './bluesky/renderer/bluesky-window.tsx';
import type { PlatformWindow } from './common/renderer/platform-window.ts';
import { feedWindow } from './feed/renderer/feed-window.ts';
import { manualWindow } from './manual/renderer/manual-window.ts';
import { mastodonWindow } from './mastodon/renderer/mastodon-window.ts';

/** What the window shows of each platform. */
export const platformWindows: Readonly<Record<Platform, PlatformWindow>> = {
  bluesky: blueskyWindow,
  mastodon: mastodonWindow,
  feed: feedWindow,
  manual: manualWindow,
};
