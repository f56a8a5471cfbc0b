import { Bookmark } from 'lucide-react';
import type { PlatformWindow } from '../../common/renderer/platform-window.ts';
import { MastodonForm } from './mastodon-form.tsx';
import { MastodonIcon } from './mastodon-icon.tsx';
import { MastodonReconnectForm } from './mastodon-reconnect-form.tsx';

export const mastodonWindow: PlatformWindow = {
  Icon: MastodonIcon,
  connect: {
    choice: 'Mastodon',
    title: 'Connect Mastodon',
    description: 'Your server shows a page on which you let Longhand in.',
    Form: MastodonForm,
  },
  ReconnectForm: MastodonReconnectForm,
  timeline: { hasSquareFaces: true, LastAction: Bookmark },
};
