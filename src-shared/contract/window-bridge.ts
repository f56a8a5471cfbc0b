import type { Platform } from '../domain/account.ts';
import type { Result } from '../domain/errors.ts';
import type { ProcessName, ProcessStatus } from '../domain/process-status.ts';
import type { Settings } from '../domain/settings.ts';
import type { AppEvent } from './events.ts';
import type { CommandClient } from './registry.ts';

/** Ends a subscription. Calling it twice does no harm. */
export type Unsubscribe = () => void;

/** A place in the window. Main sends one when a notification, the tray or the menu was used. */
export type NavigationTarget =
  | { screen: 'asset'; assetId: string; atMs?: number }
  | { screen: 'post'; postId: string }
  /** What came due while nobody was there. */
  | { screen: 'late-posts' }
  /** A draft or a scheduled post to go on with, or a new one, about an asset or not. */
  | { screen: 'compose'; postId?: string; assetId?: string }
  | { screen: 'calendar' }
  | { screen: 'approval'; approvalId: string }
  | { screen: 'approvals' }
  /** `section` as in `settingsSections` of the window; anything else opens the first. */
  | { screen: 'settings'; section: string }
  | { screen: 'library' }
  | { screen: 'review' }
  | { screen: 'activity' };

/** The folder of an account. */
export type AccountFolderPurpose = `folder-of-${Platform}`;

/** What a native dialog is opened for; main picks title, button and file filters from it. */
export type ChoosePurpose =
  | AccountFolderPurpose
  | 'media-files'
  | 'media-folder'
  | 'watch-folder'
  | 'speech-model-file'
  | 'speech-model-folder'
  | 'moved-file'
  | 'moved-folder';

export interface WindowInfo {
  version: string;
  os: 'mac' | 'windows' | 'linux';
  /** What the person speaks, by the system: a BCP 47 tag such as "pt-BR". The window itself speaks English. */
  systemLanguage: string;
}

/** All that the window can ask of the outside, as `window.longhand`. Made by the preload; nothing in it throws. */
export interface WindowBridge {
  info: WindowInfo;
  /** One method per command of the contract, through the api process. */
  commands: CommandClient;
  /** What the api process announces; values are fetched again by the listener. */
  onEvent: (listener: (event: AppEvent) => void) => Unsubscribe;
  /** Process states straight from main, so they are known while the api process is down. */
  readProcesses: () => Promise<ProcessStatus[]>;
  onProcesses: (listener: (processes: ProcessStatus[]) => void) => Unsubscribe;
  /** Starts a process again that was given up, straight through main. */
  retryProcess: (name: ProcessName) => Promise<Result<null>>;
  onNavigate: (listener: (target: NavigationTarget) => void) => Unsubscribe;
  /** Shows the native dialog. Several paths only for `media-files`; an empty list means it was closed. */
  choosePaths: (purpose: ChoosePurpose) => Promise<string[]>;
  /** The path of a dropped DOM `File` (a file or a folder); null where it has none. No DOM types in this folder. */
  pathOfFile: (file: unknown) => string | null;
  /** Shows the native save dialog and writes. `savedAs` is null where it was closed. */
  saveTextFile: (suggestedName: string, text: string) => Promise<Result<{ savedAs: string | null }>>;
  /** Shows the original of an asset in the file manager. */
  showInFolder: (assetId: string) => Promise<Result<null>>;
  copyText: (text: string) => Promise<Result<null>>;
  /** Opens a web or mail address in the program of the system; anything else is refused. */
  openLink: (address: string) => Promise<Result<null>>;
  /** Makes native parts (menus, dialogs, the frame) follow the theme of the window. */
  applyTheme: (theme: Settings['theme']) => void;
}

/**
 * Media for players, thumbnails and waveforms, with range requests:
 * `media://asset/<assetId>/original`, `…/thumbnail`, `…/waveform`.
 */
export type MediaRendition = 'original' | 'thumbnail' | 'waveform';

export function mediaUrl(assetId: string, rendition: MediaRendition): string {
  return `media://asset/${assetId}/${rendition}`;
}
