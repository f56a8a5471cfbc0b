import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import { commandChannel, preloadArguments, windowChannels } from '../src-shared/contract/window-channels.ts';
import type { NavigationTarget, Unsubscribe, WindowBridge } from '../src-shared/contract/window-bridge.ts';
import type { CommandClient, CommandName } from '../src-shared/contract/registry.ts';

// The contract with its schemas stays in main, which checks every call: the preload is small and starts at once.
const commandNames = readArgument(preloadArguments.commands).split(',') as CommandName[];

const commands = Object.fromEntries(
  commandNames.map((name) => [
    name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    (input: unknown, options?: unknown) => ipcRenderer.invoke(commandChannel(name), input, options),
  ]),
) as CommandClient;

/** A target that arrived before the window was ready for it, for instance from the notification that opened it. */
let unheardTarget: NavigationTarget | undefined;
const navigationListeners = new Set<(target: NavigationTarget) => void>();
ipcRenderer.on(windowChannels.navigate, (_event, target: NavigationTarget) => {
  if (navigationListeners.size === 0) unheardTarget = target;
  for (const listener of navigationListeners) listener(target);
});

const bridge: WindowBridge = {
  info: {
    version: readArgument(preloadArguments.version),
    os: readOs(),
    systemLanguage: readArgument(preloadArguments.language),
  },
  commands,
  onEvent: (listener) => subscribe(windowChannels.event, listener),
  readProcesses: () =>
    ipcRenderer.invoke(windowChannels.readProcesses) as ReturnType<WindowBridge['readProcesses']>,
  onProcesses: (listener) => subscribe(windowChannels.processes, listener),
  retryProcess: (name) =>
    ipcRenderer.invoke(windowChannels.retryProcess, name) as ReturnType<WindowBridge['retryProcess']>,
  onNavigate: (listener) => {
    navigationListeners.add(listener);
    if (unheardTarget !== undefined) {
      listener(unheardTarget);
      unheardTarget = undefined;
    }
    return () => navigationListeners.delete(listener);
  },
  choosePaths: (purpose) =>
    ipcRenderer.invoke(windowChannels.choosePaths, purpose) as ReturnType<WindowBridge['choosePaths']>,
  pathOfFile: (file) => {
    const path = webUtils.getPathForFile(file as File);
    return path === '' ? null : path;
  },
  saveTextFile: (suggestedName, text) =>
    ipcRenderer.invoke(windowChannels.saveTextFile, { suggestedName, text }) as ReturnType<
      WindowBridge['saveTextFile']
    >,
  showInFolder: (assetId) =>
    ipcRenderer.invoke(windowChannels.showInFolder, assetId) as ReturnType<WindowBridge['showInFolder']>,
  copyText: (text) =>
    ipcRenderer.invoke(windowChannels.copyText, text) as ReturnType<WindowBridge['copyText']>,
  openLink: (address) =>
    ipcRenderer.invoke(windowChannels.openLink, address) as ReturnType<WindowBridge['openLink']>,
  applyTheme: (theme) => void ipcRenderer.invoke(windowChannels.applyTheme, theme),
};

contextBridge.exposeInMainWorld('longhand', bridge);

/** Main sends on each channel what the bridge's types say. */
function subscribe(channel: string, listener: (value: never) => void): Unsubscribe {
  const onMessage = (_event: IpcRendererEvent, value: unknown): void => listener(value as never);
  ipcRenderer.on(channel, onMessage);
  return () => ipcRenderer.off(channel, onMessage);
}

function readArgument(prefix: string): string {
  return process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? '';
}

function readOs(): WindowBridge['info']['os'] {
  if (process.platform === 'darwin') return 'mac';
  return process.platform === 'win32' ? 'windows' : 'linux';
}
