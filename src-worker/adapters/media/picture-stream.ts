import { open, type FileHandle } from 'node:fs/promises';
import { readAt, readBoxes, type Mp4Box } from './read-boxes.ts';

/** Box and item headers of a picture with hundreds of tiles are far smaller. */
const longestBoxBytes = 1024 * 1024;

/** The stream to read of a picture file: the whole picture, also where it is made of tiles. */
export async function pictureStream(path: string): Promise<string> {
  const number = await findTileGrid(path);
  return number === null ? '0:v:0' : `0:g:${number}`;
}

/**
 * Telephones write HEIC pictures as a grid of tiles, which ffmpeg (from 7.1 on) puts together where it is asked for the
 * grid by its number. Asked for the picture as such, it hands out the first tile.
 *
 * @returns the number, counted from 0; null where the picture is in one piece, or the file is none of these
 */
async function findTileGrid(path: string): Promise<number | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = await readAt(file, 0, 8);
    if (head.toString('latin1', 4, 8) !== 'ftyp') return null;
    const meta = await findBox(file, { dataStart: 0, end: size }, 'meta', size);
    if (meta === null) return null;
    // Four bytes of version and flags stand before what is inside.
    const inside = { dataStart: meta.dataStart + 4, end: meta.end };
    const primary = await findBox(file, inside, 'pitm', size);
    const list = await findBox(file, inside, 'iinf', size);
    if (primary === null || list === null) return null;
    const id = readId(await readBox(file, primary), 0);
    const number = (await readGridIds(file, list, size)).indexOf(id);
    return number < 0 ? null : number;
  } finally {
    await file.close();
  }
}

async function findBox(
  file: FileHandle,
  within: Pick<Mp4Box, 'dataStart' | 'end'>,
  type: string,
  size: number,
): Promise<Mp4Box | null> {
  for await (const box of readBoxes(file, within.dataStart, Math.min(within.end, size))) {
    if (box.type === type) return box;
  }
  return null;
}

/** What is missing at the end of a file that was cut off reads as zero. */
async function readBox(file: FileHandle, { dataStart, end }: Mp4Box): Promise<Buffer> {
  const content = await readAt(file, dataStart, Math.min(end - dataStart, longestBoxBytes));
  return Buffer.concat([content, Buffer.alloc(16)]);
}

/** Ids have two bytes, and four from the next version of the box on. */
function readId(content: Buffer, shortVersion: number): number {
  return content.readUInt8(0) <= shortVersion ? content.readUInt16BE(4) : content.readUInt32BE(4);
}

/** The pictures that are made of tiles, as they are listed: there may be a second one, of brightness for instance. */
async function readGridIds(file: FileHandle, list: Mp4Box, size: number): Promise<number[]> {
  const countBytes = (await readBox(file, list)).readUInt8(0) === 0 ? 2 : 4;
  const ids: number[] = [];
  for await (const entry of readBoxes(file, list.dataStart + 4 + countBytes, Math.min(list.end, size))) {
    const content = await readBox(file, entry);
    if (entry.type !== 'infe' || content.readUInt8(0) < 2) continue;
    const typeStart = content.readUInt8(0) === 2 ? 8 : 10;
    if (content.toString('latin1', typeStart, typeStart + 4) === 'grid') ids.push(readId(content, 2));
  }
  return ids;
}
