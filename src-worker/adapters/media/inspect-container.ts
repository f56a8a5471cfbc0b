import { open, type FileHandle } from 'node:fs/promises';
import { readAt, readBoxes, type Mp4Box } from './read-boxes.ts';

/** What the container's own bookkeeping says, read from a few headers. */
export interface ContainerInspection {
  /** The container declares more bytes than the file has, or lacks its end mark. */
  isCutOff: boolean;
  /** A track is encrypted (MP4 protection boxes). ffprobe does not say so: it reports the codec underneath. */
  isProtected: boolean;
}

const protectedSampleEntries = new Set(['encv', 'enca', 'enct', 'encs', 'drms', 'drmi']);

/**
 * Looks for a cut-off end and for encryption in MP4, Matroska, RIFF, AIFF and Ogg files. Other formats come out as
 * neither.
 */
export async function inspectContainer(path: string): Promise<ContainerInspection> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = await readAt(file, 0, 64);
    const magic = head.toString('latin1', 0, 4);
    if (head.toString('latin1', 4, 8) === 'ftyp') return await inspectMp4(file, size);
    const whole = { isCutOff: false, isProtected: false };
    if (magic === 'RIFF') return { ...whole, isCutOff: isRiffCutOff(head, size) };
    if (magic === 'FORM' && head.length >= 8) return { ...whole, isCutOff: head.readUInt32BE(4) + 8 > size };
    if (magic === 'OggS') return { ...whole, isCutOff: await isOggCutOff(file, size) };
    if (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3) {
      return { ...whole, isCutOff: isMatroskaCutOff(head, size) };
    }
    return whole;
  } finally {
    await file.close();
  }
}

function isRiffCutOff(head: Buffer, size: number): boolean {
  if (head.length < 8) return true;
  const declared = head.readUInt32LE(4);
  // 0 and all ones are what a live recorder leaves that could not go back to fill in the length.
  return declared !== 0 && declared !== 0xffffffff && declared + 8 > size;
}

/** Every Ogg stream ends with a page marked as the last one. */
async function isOggCutOff(file: FileHandle, size: number): Promise<boolean> {
  const tailBytes = Math.min(size, 128 * 1024);
  const tail = await readAt(file, size - tailBytes, tailBytes);
  const pageStart = tail.lastIndexOf('OggS', undefined, 'latin1');
  const flags = pageStart < 0 ? undefined : tail[pageStart + 5];
  return flags === undefined || (flags & 0x04) === 0;
}

function isMatroskaCutOff(head: Buffer, size: number): boolean {
  const header = readEbmlElement(head, 0);
  if (header?.dataBytes == null) return false;
  const segmentStart = header.dataStart + header.dataBytes;
  const segment = readEbmlElement(head, segmentStart);
  if (segment?.id !== 0x18538067 || segment.dataBytes === null) return false;
  return segment.dataStart + segment.dataBytes > size;
}

/** `dataBytes` is null for a size that the (live) writer did not know. */
function readEbmlElement(
  bytes: Buffer,
  start: number,
): { id: number; dataStart: number; dataBytes: number | null } | null {
  const idLength = Math.clz32((bytes[start] ?? 0) << 24) + 1;
  const sizeStart = start + idLength;
  const sizeLength = Math.clz32((bytes[sizeStart] ?? 0) << 24) + 1;
  if (idLength > 4 || sizeLength > 8 || sizeStart + sizeLength > bytes.length) return null;
  let dataBytes = (bytes[sizeStart] ?? 0) & (0xff >> sizeLength);
  let isUnknown = dataBytes === 0xff >> sizeLength;
  for (let index = 1; index < sizeLength; index += 1) {
    const byte = bytes[sizeStart + index] ?? 0;
    dataBytes = dataBytes * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return {
    id: bytes.readUIntBE(start, idLength),
    dataStart: sizeStart + sizeLength,
    dataBytes: isUnknown ? null : dataBytes,
  };
}

async function inspectMp4(file: FileHandle, size: number): Promise<ContainerInspection> {
  let isCutOff = false;
  let isProtected = false;
  for await (const box of readBoxes(file, 0, size)) {
    if (box.end > size) isCutOff = true;
    if (box.type === 'moov') isProtected ||= await hasProtectedTrack(file, box, size);
  }
  return { isCutOff, isProtected };
}

const pathToSampleEntries = new Set(['trak', 'mdia', 'minf', 'stbl']);

async function hasProtectedTrack(file: FileHandle, parent: Mp4Box, size: number): Promise<boolean> {
  for await (const box of readBoxes(file, parent.dataStart, Math.min(parent.end, size))) {
    if (pathToSampleEntries.has(box.type) && (await hasProtectedTrack(file, box, size))) return true;
    if (box.type !== 'stsd') continue;
    const entries = { type: 'stsd', dataStart: box.dataStart + 8, end: box.end };
    for await (const entry of readBoxes(file, entries.dataStart, Math.min(entries.end, size))) {
      if (protectedSampleEntries.has(entry.type)) return true;
    }
  }
  return false;
}
