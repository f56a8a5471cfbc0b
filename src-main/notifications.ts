import { Notification, type NativeImage } from 'electron';
import type { Notice } from '../src-shared/domain/activity.ts';
import type { NavigationTarget } from '../src-shared/contract/window-bridge.ts';
import type { Logger } from '../src-node/logger.ts';
import type { Services } from './services.ts';

export interface NotifierOptions {
  services: Services;
  logger: Logger;
  icon: NativeImage;
  open: (target: NavigationTarget) => void;
  /** With the window in front the person sees it there already. */
  isWindowInFront: () => boolean;
}

/**
 * Shows each new notice of the library once as a native notification. A click opens what it speaks of and marks it
 * as read. What came before this start is left to the list in the window: nobody wants a burst of old news.
 */
export function startNotifier({ services, logger, icon, open, isWindowInFront }: NotifierOptions): void {
  const startedAt = new Date().toISOString();
  const shown = new Set<string>();
  // A notification without a reference may be collected before it is clicked.
  const visible = new Set<Notification>();

  const show = (notice: Notice): void => {
    const notification = new Notification({ title: notice.title, body: notice.body, icon });
    visible.add(notification);
    notification.on('close', () => visible.delete(notification));
    notification.on('click', () => {
      visible.delete(notification);
      open(notice.target);
      services.commands
        .markNoticesRead({ noticeIds: [notice.noticeId] })
        .then((result) => {
          if (!result.ok) logger.warn({ error: result.error }, 'a notice could not be marked as read');
        })
        .catch((error: unknown) => logger.error({ err: error }, 'a notice could not be marked as read'));
    });
    notification.show();
  };

  const check = async (): Promise<void> => {
    const [settings, list] = await Promise.all([
      services.commands.readSettings({}),
      services.commands.listNotices({ onlyUnread: true, limit: 20 }),
    ]);
    if (!settings.ok || !list.ok) return;
    const fresh = list.value.notices.filter(
      ({ noticeId, createdAt }) => createdAt >= startedAt && !shown.has(noticeId),
    );
    for (const notice of fresh) {
      shown.add(notice.noticeId);
      if (settings.value.showNotifications && Notification.isSupported() && !isWindowInFront()) show(notice);
    }
  };

  services.onEvent((event) => {
    if (event.type !== 'changed' || !event.topics.includes('notices')) return;
    check().catch((error: unknown) => logger.error({ err: error }, 'notices could not be read'));
  });
}
