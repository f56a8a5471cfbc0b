import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';

const sampleBytes = 1 << 20;

/**
 * Tells models apart by size, beginning, middle and end of the weights. Reading gigabytes at every start would take
 * longer than loading them; the whole hash is checked once, when a model is downloaded.
 * @param modelPath a CTranslate2 folder or a ggml file
 */
export async function computeModelFingerprint(modelPath: string): Promise<string> {
  const weightsPath = (await stat(modelPath)).isDirectory() ? join(modelPath, 'model.bin') : modelPath;
  const file = await open(weightsPath, 'r');
  try {
    const { size: sizeBytes } = await file.stat();
    const hash = createHash('sha256').update(String(sizeBytes));
    for (const position of [0, Math.floor(sizeBytes / 2), Math.max(0, sizeBytes - sampleBytes)]) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return hash.digest('hex').slice(0, 16);
  } finally {
    await file.close();
  }
}
