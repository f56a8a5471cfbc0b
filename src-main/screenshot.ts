import type { BrowserWindow } from 'electron';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Services } from './services.ts';

export interface ScreenshotOptions {
  window: BrowserWindow;
  services: Services;
  file: string;
  print: (line: string) => void;
  onError: (error: unknown) => void;
}

/** The page needs a moment to draw what it was just told; on a busy machine a longer one. */
const settleMs = 400;
const slowSettleMs = 4_000;

/** On a display that nobody sees, keeps a picture of the window, and a new one whenever something changes. */
export function keepScreenshot({ window, services, file, print, onError }: ScreenshotOptions): void {
  let timer: NodeJS.Timeout | undefined;
  let lastTimer: NodeJS.Timeout | undefined;
  let hasPrinted = false;

  const take = async (): Promise<void> => {
    if (window.isDestroyed()) return;
    const image = await window.webContents.capturePage();
    if (image.isEmpty()) return;
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, image.toPNG());
    if (hasPrinted) return;
    hasPrinted = true;
    print(`a picture of the window is kept in ${file}`);
  };
  const takeSoon = (): void => {
    clearTimeout(lastTimer);
    lastTimer = setTimeout(() => {
      take().catch(onError);
    }, slowSettleMs);
    timer ??= setTimeout(() => {
      timer = undefined;
      take().catch(onError);
    }, settleMs);
  };
  window.webContents.on('did-finish-load', takeSoon);
  services.onEvent(takeSoon);
  services.onProcesses(takeSoon);
}
