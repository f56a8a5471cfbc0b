import { app, dialog, nativeImage, nativeTheme, powerMonitor, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import type { NavigationTarget } from '../src-shared/contract/window-bridge.ts';
import { windowChannels } from '../src-shared/contract/window-channels.ts';
import { appLanguage } from '../src-shared/domain/app-language.ts';
import { toAppError } from '../src-shared/domain/errors.ts';
import { openDataFolder, resolveDataFolder, type DataFolder } from '../src-node/data-folder.ts';
import { createLogger, type Logger } from '../src-node/logger.ts';
import { setAppMenu } from './app-menu.ts';
import { appOrigin, registerSchemes, serveApp } from './app-protocol.ts';
import { guardContents } from './content-security.ts';
import { createMainWindow, preloadPath } from './main-window.ts';
import { serveMedia } from './media-protocol.ts';
import { reportMilestones } from './milestones.ts';
import { startNotifier } from './notifications.ts';
import { QuitGuard } from './quit-guard.ts';
import { openServices } from './open-services.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Services } from './services.ts';
import { TrayIcon } from './tray.ts';
import { answerWindow } from './window-ipc.ts';

const mainFolder = import.meta.dirname;
/** Set by the development server (electron-vite dev). */
const developmentUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
const pageUrl = developmentUrl ?? `${appOrigin}/`;
/** Compared by scheme and host: `URL.origin` is the text "null" for every scheme that is not the web's. */
function isOurOrigin(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  const page = new URL(pageUrl);
  return protocol === page.protocol && host === page.host;
}

/** A window shows itself sooner. */
const mostHeldMs = 3000;

/** Chromium refuses to run as root with its sandbox: only development and tests do that. */
if (!app.isPackaged && process.getuid?.() === 0) app.commandLine.appendSwitch('no-sandbox');

// Fields for dates and times follow it; the page says the rest itself.
app.commandLine.appendSwitch('lang', appLanguage);

registerSchemes();
prepare();

function prepare(): void {
  let dataFolder: DataFolder;
  try {
    dataFolder = openDataFolder(resolveDataFolder());
  } catch (thrown) {
    refuseToStart(toAppError(thrown).userMessage);
    return;
  }
  app.setPath('userData', dataFolder.electronFolder);
  if (!app.requestSingleInstanceLock()) {
    print(`Longhand is already open with the data folder ${dataFolder.root}; its window comes to the front.`);
    app.exit(0);
    return;
  }
  const logger = createLogger({ processName: 'main', logsFolder: dataFolder.logsFolder });
  process.on('uncaughtException', (error) => logger.fatal({ err: error }, 'uncaught'));
  process.on('unhandledRejection', (error) => logger.fatal({ err: error }, 'unhandled'));
  // A top-level await here would wait for an event that Electron sends only after this file was loaded.
  Promise.all([
    openServices({
      dataFolder,
      logger,
      version: app.getVersion(),
      programsFolder: mainFolder.replace(/app\.asar([\\/])/, 'app.asar.unpacked$1'),
      resourcesFolder: resourcesFolder(),
    }),
    app.whenReady(),
  ]).then(
    ([services]) => run(services, dataFolder, logger),
    (thrown: unknown) => {
      logger.fatal({ err: thrown }, 'could not start');
      refuseToStart(toAppError(thrown).userMessage);
    },
  );
}

function run(services: Services, dataFolder: DataFolder, logger: Logger): void {
  const logError = (error: unknown): void => logger.error({ err: error }, 'the window met an error');
  const icon = nativeImage.createFromPath(join(resourcesFolder(), 'icons', 'icon.png'));
  const trayImage = nativeImage.createFromPath(
    join(resourcesFolder(), 'icons', process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'),
  );
  let window: BrowserWindow | undefined;

  const send = (channel: string, value: unknown): void => {
    if (window !== undefined && !window.isDestroyed()) window.webContents.send(channel, value);
  };

  const openWindow = (): BrowserWindow => {
    if (window !== undefined && !window.isDestroyed()) {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return window;
    }
    const opened = createMainWindow({
      pageUrl,
      preloadFile: preloadPath(mainFolder),
      boundsFile: join(dataFolder.electronFolder, 'window.json'),
      icon,
      version: app.getVersion(),
      onError: logError,
    });
    window = opened;
    quitGuard.watch(opened);
    return opened;
  };

  const navigate = (target: NavigationTarget): void => {
    const opened = openWindow();
    if (opened.webContents.isLoading()) {
      opened.webContents.once('did-finish-load', () => send(windowChannels.navigate, target));
    } else send(windowChannels.navigate, target);
  };

  const quitGuard = new QuitGuard({ services, logger, onHidden: () => tray.showHint() });
  guardContents(isOurOrigin);
  if (developmentUrl === undefined) serveApp(join(mainFolder, '..', 'renderer'));
  serveMedia(services.commands);
  setAppMenu();
  answerWindow({ services, logger, isOurOrigin });

  const tray = new TrayIcon(trayImage, {
    open: () => openWindow(),
    openActivity: () => navigate({ screen: 'activity' }),
    quit: () => app.quit(),
  });
  startNotifier({
    services,
    logger,
    icon,
    open: navigate,
    isWindowInFront: () => window?.isDestroyed() === false && window.isFocused(),
  });
  services.onProcesses((processes) => send(windowChannels.processes, processes));
  services.onEvent((event) => {
    send(windowChannels.event, event);
    if (event.type === 'changed' && (event.topics.includes('steps') || event.topics.includes('assets'))) {
      countWorkInHand(services).then((count) => tray.showWorkInHand(count), logError);
    }
  });
  applySavedTheme(services).catch(logError);

  app.on('second-instance', openWindow);
  app.on('activate', openWindow);
  powerMonitor.on('resume', () => services.notifyResume());

  const opened = openWindow();
  // What is started meanwhile would take the processor from the window. A page that does not come holds nothing up.
  opened.once('ready-to-show', services.startRest);
  setTimeout(services.startRest, mostHeldMs);
  if (process.env['LONGHAND_MILESTONES'] === '1') reportMilestones(services, print);
  const screenshotFile = process.env['LONGHAND_SCREENSHOT'];
  if (screenshotFile !== undefined)
    keepScreenshot({ window: opened, services, file: screenshotFile, print, onError: logError });
}

async function countWorkInHand(services: Services): Promise<number> {
  const status = await services.commands.readStatus({});
  return status.ok ? status.value.workInHandCount : 0;
}

async function applySavedTheme(services: Services): Promise<void> {
  const settings = await services.commands.readSettings({});
  if (settings.ok) nativeTheme.themeSource = settings.value.theme;
}

function resourcesFolder(): string {
  return app.isPackaged ? process.resourcesPath : join(mainFolder, '..', '..', 'resources');
}

/** For a terminal: the window shows the same. */
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function refuseToStart(message: string): void {
  process.stderr.write(`${message}\n`);
  const end = (): void => app.exit(1);
  app.whenReady().then(() => {
    // On a virtual display nobody could close the box.
    if (process.env['LONGHAND_SCREENSHOT'] === undefined)
      dialog.showErrorBox('Longhand cannot start', message);
    end();
  }, end);
}
