import { Menu, Notification, Tray, type NativeImage } from 'electron';

export interface TrayActions {
  open: () => void;
  openActivity: () => void;
  quit: () => void;
}

/** The icon that stays while the window is closed, with what is being worked on. */
export class TrayIcon {
  readonly #tray: Tray;
  readonly #actions: TrayActions;
  #hasShownHint = false;

  constructor(icon: NativeImage, actions: TrayActions) {
    this.#tray = new Tray(icon);
    this.#actions = actions;
    this.#tray.on('click', actions.open);
    this.showWorkInHand(0);
  }

  /** Says once per run where the app went when its window was closed. */
  showHint(): void {
    if (this.#hasShownHint || !Notification.isSupported()) return;
    this.#hasShownHint = true;
    new Notification({
      title: 'Longhand keeps working',
      body: 'Its icon stays in the tray. Quit it there, or choose in Settings that closing the window quits.',
      silent: true,
    }).show();
  }

  /** @param count recordings, downloads and loops with work in hand */
  showWorkInHand(count: number): void {
    const summary = describeWorkInHand(count);
    this.#tray.setToolTip(`Longhand: ${summary}`);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Longhand', click: this.#actions.open },
        { label: summary, click: this.#actions.openActivity, enabled: count > 0 },
        { type: 'separator' },
        { label: 'Quit', click: this.#actions.quit },
      ]),
    );
  }
}

export function describeWorkInHand(count: number): string {
  if (count === 0) return 'nothing in hand';
  return count === 1 ? '1 thing in hand' : `${count} things in hand`;
}
