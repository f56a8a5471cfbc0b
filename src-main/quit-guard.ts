import { app, dialog, BrowserWindow } from 'electron';
import { defaultSettings } from '../src-shared/domain/settings.ts';
import type { Logger } from '../src-node/logger.ts';
import type { Services } from './services.ts';

export interface QuitGuardOptions {
  services: Services;
  logger: Logger;
  /** The window was closed and the work goes on behind the tray icon. */
  onHidden: () => void;
}

const stayButton = 0;
const quitButton = 1;

/**
 * Decides what closing and quitting mean: with background mode a closed window leaves the work going; quitting with
 * work in hand says that it goes on at the next start; the services end in good order before the program does.
 */
export class QuitGuard {
  readonly #options: QuitGuardOptions;
  #phase: 'running' | 'asking' | 'stopping' | 'stopped' = 'running';
  /** Known beforehand, so that closing the window never waits for another process. */
  #keepsRunning = defaultSettings.keepRunningInBackground;

  constructor(options: QuitGuardOptions) {
    this.#options = options;
    this.#readSettings();
    options.services.onEvent((event) => {
      if (event.type === 'changed' && event.topics.includes('settings')) this.#readSettings();
    });
    // A window that is closed is hidden, or the app quits with it: there is nothing else to do here.
    app.on('window-all-closed', () => undefined);
    app.on('before-quit', (event) => {
      if (this.#phase === 'stopped') return;
      event.preventDefault();
      if (this.#phase === 'running') this.#quit().catch((error: unknown) => this.#giveUp(error));
    });
    // A terminal or the system ends the app: nobody is there to be asked.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => void this.#stop().catch((error: unknown) => this.#giveUp(error)));
    }
  }

  /** Closing this window hides it where the work shall go on in the background. */
  watch(window: BrowserWindow): void {
    window.on('close', (event) => {
      if (this.#phase === 'stopping' || this.#phase === 'stopped') return;
      event.preventDefault();
      if (!this.#keepsRunning) {
        app.quit();
        return;
      }
      window.hide();
      this.#options.onHidden();
    });
  }

  #readSettings(): void {
    this.#options.services.commands
      .readSettings({})
      .then((settings) => {
        if (settings.ok) this.#keepsRunning = settings.value.keepRunningInBackground;
      })
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'the settings cannot be read'));
  }

  async #quit(): Promise<void> {
    this.#phase = 'asking';
    const status = await this.#options.services.commands.readStatus({});
    const count = status.ok && !this.#options.services.isAttached ? status.value.workInHandCount : 0;
    if (count > 0 && !(await this.#confirm(count))) {
      this.#phase = 'running';
      return;
    }
    await this.#stop();
  }

  async #confirm(count: number): Promise<boolean> {
    if (process.env['LONGHAND_QUIT_WITHOUT_ASKING'] === '1') return true;
    const window = BrowserWindow.getAllWindows().find((candidate) => candidate.isVisible());
    const options = {
      type: 'info' as const,
      message: count === 1 ? 'One thing is still in hand.' : `${count} things are still in hand.`,
      detail: 'Nothing is lost: Longhand goes on with it the next time it starts.',
      buttons: ['Keep working', 'Quit'],
      defaultId: quitButton,
      cancelId: stayButton,
    };
    const { response } = await (window === undefined
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(window, options));
    return response === quitButton;
  }

  async #stop(): Promise<void> {
    if (this.#phase === 'stopping' || this.#phase === 'stopped') return;
    this.#phase = 'stopping';
    for (const window of BrowserWindow.getAllWindows()) window.hide();
    await this.#options.services.stop();
    this.#phase = 'stopped';
    app.quit();
  }

  #giveUp(error: unknown): void {
    this.#options.logger.error({ err: error }, 'could not quit in good order');
    this.#phase = 'stopped';
    app.exit(1);
  }
}
