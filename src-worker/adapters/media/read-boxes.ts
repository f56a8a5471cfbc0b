import type { FileHandle } from 'node:fs/promises';

/** So that a file of nonsense ends too. */
const boxLimit = 20_000;

/** A box of MP4, HEIC and their kin: a size, a type, and what is inside. */
export interface Mp4Box {
  type: string;
  dataStart: number;
  end: number;
}

export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The boxes between two places of a file, one after the other. */
export async function* readBoxes(file: FileHandle, start: number, limit: number): AsyncGenerator<Mp4Box> {
  let position = start;
  for (let count = 0; count < boxLimit && position + 8 <= limit; count += 1) {
    const header = await readAt(file, position, 16);
    if (header.length < 8) return;
    const shortSize = header.readUInt32BE(0);
    const isLong = shortSize === 1;
    if (isLong && header.length < 16) return;
    const boxBytes = isLong
      ? Number(header.readBigUInt64BE(8))
      : shortSize === 0
        ? limit - position
        : shortSize;
    if (boxBytes < 8) return;
    const end = position + boxBytes;
    yield { type: header.toString('latin1', 4, 8), dataStart: position + (isLong ? 16 : 8), end };
    position = end;
  }
}
