import type { ElectronApplication } from '@playwright/test';

declare global {
  var openedLinks: string[];
  var shownNotifications: { title: string; emit: (event: 'click') => boolean }[];
}

/** Links go to no browser from now on: they are kept for `readOpenedLinks`. */
export async function keepOpenedLinks(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ shell }) => {
    globalThis.openedLinks = [];
    shell.openExternal = (link) => {
      globalThis.openedLinks.push(link);
      return Promise.resolve();
    };
  });
}

export function readOpenedLinks(electron: ElectronApplication): Promise<string[]> {
  return electron.evaluate(() => globalThis.openedLinks);
}

/** A virtual display shows no notifications: what the system would be given is kept from now on. */
export async function keepNotifications(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ Notification }) => {
    globalThis.shownNotifications = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function show() {
      globalThis.shownNotifications.push(this);
    };
  });
}

export function readNotificationTitles(electron: ElectronApplication): Promise<string[]> {
  return electron.evaluate(() => globalThis.shownNotifications.map(({ title }) => title));
}

/** As the system tells the app of a click. */
export async function clickNotification(electron: ElectronApplication, index: number): Promise<void> {
  await electron.evaluate((_, at) => {
    globalThis.shownNotifications[at]?.emit('click');
  }, index);
}
