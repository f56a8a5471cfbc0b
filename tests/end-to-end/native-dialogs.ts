import type { ElectronApplication } from '@playwright/test';

/** Native dialogs cannot be driven by a test: the next ones are answered as if the person had chosen `path`. */
export async function answerSaveDialog(electron: ElectronApplication, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

export async function answerOpenDialog(electron: ElectronApplication, paths: string[]): Promise<void> {
  await electron.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
  }, paths);
}
