import { open } from 'node:fs/promises';
import { replaceFile } from '../../../src-node/replace-file.ts';

/** Readers see the old file or the whole new one, also after a power cut. */
export async function writeWhole(path: string, content: string): Promise<void> {
  await replaceFile(path, async (temporaryPath) => {
    const file = await open(temporaryPath, 'w', 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}
