import { nativeImage } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { createSilentLogger } from '../src-node/logger.ts';
import type { AppEvent } from '../src-shared/contract/events.ts';
import type { Notice } from '../src-shared/domain/activity.ts';
import { startNotifier } from './notifications.ts';
import type { Services } from './services.ts';

const shown: { title: string; click: () => void }[] = [];

/** Ends a hang; a busy computer may need longer than a second. */
const waiting = { timeout: 60_000 };

/** The system's own notifications, of which a test can see none and click none. */
vi.mock('electron', () => ({
  nativeImage: { createEmpty: () => ({}) },
  Notification: class {
    static isSupported = () => true;
    readonly title: string;
    readonly listeners = new Map<string, () => void>();
    constructor({ title }: { title: string }) {
      this.title = title;
    }
    on(event: string, listener: () => void) {
      this.listeners.set(event, listener);
    }
    show() {
      shown.push({ title: this.title, click: () => this.listeners.get('click')?.() });
    }
  },
}));

const notice: Notice = {
  noticeId: '5b0d1c5e-8f1c-4c3d-9a55-6a9f8a4f5a10',
  kind: 'post-problem',
  title: 'Could not be published: Hello',
  body: 'Studio: it was refused.',
  target: { screen: 'post', postId: '0e2f6a4e-51d4-4f0f-8f38-4c3f6f1d2b7a' },
  createdAt: '2999-01-01T00:00:00.000Z',
  isRead: false,
};

describe('a notification of the system', () => {
  it('about a post that failed opens that post when it is clicked, and counts as read (complaint 11)', async () => {
    let tell: (event: AppEvent) => void = () => undefined;
    const open = vi.fn();
    const markNoticesRead = vi.fn(() => Promise.resolve({ ok: true, value: { unreadCount: 0 } }));
    const services = {
      onEvent: (listener: typeof tell) => void (tell = listener),
      commands: {
        readSettings: () => Promise.resolve({ ok: true, value: { showNotifications: true } }),
        listNotices: () => Promise.resolve({ ok: true, value: { notices: [notice], unreadCount: 1 } }),
        markNoticesRead,
      },
    } as unknown as Services;
    startNotifier({
      services,
      logger: createSilentLogger(),
      icon: nativeImage.createEmpty(),
      open,
      isWindowInFront: () => false,
    });
    tell({ type: 'changed', topics: ['notices'] });
    await vi.waitFor(() => expect(shown.map(({ title }) => title)).toEqual([notice.title]), waiting);
    // It is shown once, however often the library changes.
    tell({ type: 'changed', topics: ['notices'] });
    shown[0]?.click();
    expect(open).toHaveBeenCalledExactlyOnceWith(notice.target);
    await vi.waitFor(
      () => expect(markNoticesRead).toHaveBeenCalledWith({ noticeIds: [notice.noticeId] }),
      waiting,
    );
    expect(shown).toHaveLength(1);
  });
});
