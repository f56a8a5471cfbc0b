import type { CommandName } from './registry.ts';

/** The channels between the window's preload and main. Each carries one kind of message, checked on both sides. */
export const windowChannels = {
  event: 'event',
  processes: 'processes',
  navigate: 'navigate',
  readProcesses: 'read-processes',
  retryProcess: 'retry-process',
  choosePaths: 'choose-paths',
  saveTextFile: 'save-text-file',
  showInFolder: 'show-in-folder',
  copyText: 'copy-text',
  openLink: 'open-link',
  applyTheme: 'apply-theme',
} as const;

/** Every command has a channel of its own. */
export function commandChannel(name: CommandName): string {
  return `command:${name}`;
}

/** Main hands the preload what it needs to know as arguments of the renderer process. */
export const preloadArguments = {
  commands: '--longhand-commands=',
  version: '--longhand-version=',
  language: '--longhand-language=',
} as const;
