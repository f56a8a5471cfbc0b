import { Rss } from 'lucide-react';
import type { PlatformWindow } from '../../common/renderer/platform-window.ts';
import { FeedForm } from './feed-form.tsx';
import { FeedPreview } from './feed-preview.tsx';

export const feedWindow: PlatformWindow = {
  Icon: Rss,
  connect: {
    choice: 'A feed or podcast of my own',
    title: 'Make a feed',
    description: 'Posts and recordings become an RSS and a JSON feed in a folder that you put on the web.',
    Form: FeedForm,
  },
  change: {
    action: 'Change the feed…',
    description: 'What the feed says of itself changes at once; its episodes stay as they are.',
    Form: FeedForm,
  },
  Preview: FeedPreview,
};
