import { join } from 'node:path';
import type { DataFolder } from './data-folder.ts';

/** Where a downloaded or imported speech model is kept: a folder of its own. Touches no disk. */
export function describeSpeechModelFolder(
  dataFolder: Pick<DataFolder, 'modelsFolder'>,
  modelId: string,
): string {
  return join(dataFolder.modelsFolder, 'speech', modelId);
}
