import type { WindowBridge } from '../../src-shared/contract/window-bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly longhand: WindowBridge;
  }
}

/** The only way out of the window. */
export const bridge: WindowBridge = window.longhand;

export const isMac = bridge.info.os === 'mac';

/** How the main modifier is written on this system: `shortcut('K')` is "⌘K" or "Ctrl K". */
export function shortcut(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl ${key}`;
}
