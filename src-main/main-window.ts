import { app, BrowserWindow, Menu, nativeTheme, type NativeImage } from 'electron';
import { join } from 'node:path';
import { commandNames } from '../src-shared/contract/registry.ts';
import { preloadArguments } from '../src-shared/contract/window-channels.ts';
import { appLanguage } from '../src-shared/domain/app-language.ts';
import { contextMenuItems } from './context-menu.ts';
import { readSavedBounds, saveBoundsOnClose } from './window-bounds.ts';

export interface MainWindowOptions {
  /** Where the page comes from: our own scheme, or the development server. */
  pageUrl: string;
  preloadFile: string;
  boundsFile: string;
  icon: NativeImage;
  version: string;
  onError: (error: unknown) => void;
}

/** Same colours as the page's own background, so that nothing flashes while it loads. */
const backgroundColours = { light: '#fcfbf9', dark: '#171614' };

/** Makes the one window of the app; it shows itself once there is something to see. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const saved = readSavedBounds(options.boundsFile);
  const window = new BrowserWindow({
    title: 'Longhand',
    width: saved?.width ?? 1280,
    height: saved?.height ?? 832,
    ...(saved === undefined ? {} : { x: saved.x, y: saved.y }),
    minWidth: 760,
    minHeight: 520,
    show: false,
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgroundColours.dark : backgroundColours.light,
    webPreferences: {
      preload: options.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Elsewhere Chromium would fetch a dictionary from its maker's servers.
      spellcheck: process.platform === 'darwin',
      additionalArguments: [
        `${preloadArguments.commands}${commandNames.join(',')}`,
        `${preloadArguments.version}${options.version}`,
        `${preloadArguments.language}${systemLanguage()}`,
      ],
    },
  });
  window.webContents.on('context-menu', (_event, params) => {
    const items = contextMenuItems(params);
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
  saveBoundsOnClose(window, options.boundsFile, options.onError);
  window.once('ready-to-show', () => {
    if (saved?.isMaximised === true) window.maximize();
    window.show();
  });
  // A crash of the page leaves a white window: it is loaded again, and the work goes on elsewhere meanwhile.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    options.onError(new Error(`the page ended: ${reason}`));
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  window.loadURL(options.pageUrl).catch(options.onError);
  return window;
}

/** What the person prefers; a system without any language says "c". */
function systemLanguage(): string {
  return app.getPreferredSystemLanguages().find((tag) => /^[a-z]{2,3}(-|$)/iu.test(tag)) ?? appLanguage;
}

/** `dist-app/preload/preload.cjs`, seen from the built main file. */
export function preloadPath(mainFolder: string): string {
  return join(mainFolder, '..', 'preload', 'preload.cjs');
}
