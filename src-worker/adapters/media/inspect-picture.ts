import { open, type FileHandle } from 'node:fs/promises';
import { inspectContainer } from './inspect-container.ts';
import { readAt } from './read-boxes.ts';

const searchBytes = 1024 * 1024;
const partLimit = 100_000;

/**
 * Whether a picture file ends before its end mark. JPEG and PNG are walked through; WebP, HEIC and AVIF declare their
 * length. GIF has no reliable mark and is never found to be cut off.
 */
export async function isPictureCutOff(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = await readAt(file, 0, 8);
    if (head.length >= 2 && head.readUInt16BE(0) === 0xffd8) return await isJpegCutOff(file);
    if (head.toString('latin1', 1, 4) === 'PNG') return await isPngCutOff(file);
  } finally {
    await file.close();
  }
  return (await inspectContainer(path)).isCutOff;
}

/** Inside the compressed picture FF is followed by 00, so that FF D9 after its start is the end, and only there. */
async function isJpegCutOff(file: FileHandle): Promise<boolean> {
  const dataStart = await findJpegData(file);
  if (dataStart === null) return true;
  for (let position = dataStart; ;) {
    const block = await readAt(file, position, searchBytes);
    if (block.includes('\xff\xd9', 0, 'latin1')) return false;
    if (block.length < searchBytes) return true;
    // One byte of overlap, since the mark may lie across two blocks.
    position += searchBytes - 1;
  }
}

/** Steps over the segments before the picture, among them a small preview with an end mark of its own. */
async function findJpegData(file: FileHandle): Promise<number | null> {
  let position = 2;
  for (let count = 0; count < partLimit; count += 1) {
    const segment = await readAt(file, position, 4);
    if (segment.length < 4 || segment[0] !== 0xff) return null;
    const isPadding = segment[1] === 0xff;
    if (isPadding) {
      position += 1;
      continue;
    }
    position += 2 + segment.readUInt16BE(2);
    if (segment[1] === 0xda) return position;
  }
  return null;
}

async function isPngCutOff(file: FileHandle): Promise<boolean> {
  let position = 8;
  for (let count = 0; count < partLimit; count += 1) {
    const chunk = await readAt(file, position, 8);
    if (chunk.length < 8) return true;
    if (chunk.toString('latin1', 4, 8) === 'IEND') return false;
    position += 12 + chunk.readUInt32BE(0);
  }
  return false;
}
