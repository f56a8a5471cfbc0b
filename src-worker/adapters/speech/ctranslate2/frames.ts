import { AppError } from '../../../../src-shared/domain/errors.ts';

/** One message of the sidecar's protocol: two 32-bit little-endian lengths, a JSON object, raw bytes. */
export interface Frame {
  header: unknown;
  payload: Uint8Array;
}

const prefixBytes = 8;
/** The sidecar refuses more; a length beyond it means that the stream is out of step. */
const longestHeaderBytes = 1 << 20;
const longestPayloadBytes = 1 << 26;

/** The parts of one message, to be written one after the other: the payload is not copied. */
export function encodeFrame(header: object, payload?: Uint8Array): Uint8Array[] {
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(text.length, 0);
  prefix.writeUInt32LE(payload?.length ?? 0, 4);
  const head = Buffer.concat([prefix, text]);
  return payload === undefined ? [head] : [head, payload];
}

/** Puts messages together from a stream that is cut anywhere. */
export class FrameDecoder {
  #pieces: Buffer[] = [];
  #availableBytes = 0;

  /**
   * Takes the next bytes of the stream and returns the messages that are now complete.
   * @throws AppError `dependency.speech-engine-crashed` where the bytes cannot be a message
   */
  push(bytes: Buffer): Frame[] {
    this.#pieces.push(bytes);
    this.#availableBytes += bytes.length;
    const frames: Frame[] = [];
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): Frame | undefined {
    if (this.#availableBytes < prefixBytes) return undefined;
    const prefix = this.#peekPrefix();
    const headerBytes = prefix.readUInt32LE(0);
    const payloadBytes = prefix.readUInt32LE(4);
    if (headerBytes > longestHeaderBytes || payloadBytes > longestPayloadBytes) {
      throw createProtocolError(`a message claims ${headerBytes} and ${payloadBytes} bytes`);
    }
    const totalBytes = prefixBytes + headerBytes + payloadBytes;
    // The pieces are joined once a message is complete: joining on every piece would copy megabytes many times.
    if (this.#availableBytes < totalBytes) return undefined;
    const joined = Buffer.concat(this.#pieces);
    const rest = joined.subarray(totalBytes);
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#availableBytes = rest.length;
    return {
      header: parseHeader(joined.toString('utf8', prefixBytes, prefixBytes + headerBytes)),
      payload: joined.subarray(prefixBytes + headerBytes, totalBytes),
    };
  }

  #peekPrefix(): Buffer {
    const [first] = this.#pieces;
    if (first !== undefined && first.length >= prefixBytes) return first;
    const joined = Buffer.concat(this.#pieces);
    this.#pieces = [joined];
    return joined;
  }
}

function parseHeader(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw createProtocolError('the header of a message is not JSON', error);
  }
}

function createProtocolError(reason: string, cause?: unknown): AppError {
  return new AppError({
    code: 'dependency.speech-engine-crashed',
    userMessage:
      'The speech engine sent something that cannot be read. What was transcribed so far is kept. Try again; if it happens twice, run `npm run doctor`.',
    retry: 'auto',
    details: { reason },
    cause,
  });
}
