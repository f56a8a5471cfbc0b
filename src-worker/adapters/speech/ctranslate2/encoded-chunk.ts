import { z } from 'zod';
import { AppError } from '../../../../src-shared/domain/errors.ts';
import { measureLevels } from '../chunk-levels.ts';
import type { EncodedChunk } from '../speech-engine.ts';

/** What the decode stage wants to know about the audio beside the model's own numbers. */
const notesSchema = z.strictObject({ levels: z.array(z.number()) });
type ChunkNotes = z.infer<typeof notesSchema>;

const lengthBytes = 4;

/** Puts notes in front of the sidecar's numbers: a length, JSON, numbers. */
export function packEncodedChunk(
  samples: Float32Array,
  durationMs: number,
  tensor: Uint8Array,
): EncodedChunk {
  const notes: ChunkNotes = { levels: measureLevels(samples).map((level) => Number(level.toFixed(6))) };
  const text = Buffer.from(JSON.stringify(notes));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(text.length);
  return { bytes: Buffer.concat([length, text, tensor]), durationMs };
}

/** @throws AppError `dependency.speech-engine-crashed` where the bytes are something else */
export function unpackEncodedChunk(encoded: EncodedChunk): { notes: ChunkNotes; tensor: Uint8Array } {
  const bytes = Buffer.from(encoded.bytes.buffer, encoded.bytes.byteOffset, encoded.bytes.byteLength);
  const end = bytes.length < lengthBytes ? Number.POSITIVE_INFINITY : lengthBytes + bytes.readUInt32LE(0);
  if (end > bytes.length) throw createDamagedError();
  try {
    const notes = notesSchema.parse(JSON.parse(bytes.toString('utf8', lengthBytes, end)));
    return { notes, tensor: bytes.subarray(end) };
  } catch (error) {
    throw createDamagedError(error);
  }
}

function createDamagedError(cause?: unknown): AppError {
  return new AppError({
    code: 'dependency.speech-engine-crashed',
    userMessage:
      'A half-transcribed part of the recording was damaged on disk. The finished parts are kept. Try again: that part is done anew.',
    retry: 'auto',
    cause,
  });
}
