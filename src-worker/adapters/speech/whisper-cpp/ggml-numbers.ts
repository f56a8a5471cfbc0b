/** Element types of a ggml file, with their numbers in it. */
export const ggmlTypes = { float32: 0, float16: 1, q8_0: 8 } as const;
export type GgmlType = keyof typeof ggmlTypes;

/** Numbers are quantised in blocks of this many along a row. */
const blockLength = 32;
const quantisedBlockBytes = 34;

/** Rounds to the nearest half-precision number, ties to even; returns its bits. */
export function toHalf(value: number): number {
  single[0] = value;
  const bits = singleBits[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const mantissa = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent > 0) return sign | roundBits((exponent << 23) | mantissa, 13);
  // Too small for a normal number: the leading one is written out and shifted down.
  return exponent < -10 ? sign : sign | roundBits(mantissa | 0x800000, 14 - exponent);
}

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** Drops the lowest bits; a half goes to the even neighbour. */
function roundBits(bits: number, dropped: number): number {
  const kept = bits >>> dropped;
  const rest = bits & ((1 << dropped) - 1);
  const half = 1 << (dropped - 1);
  return kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0);
}

const singleByHalf = makeSingleByHalf();

function makeSingleByHalf(): Float32Array {
  const table = new Float32Array(0x10000);
  for (let bits = 0; bits < table.length; bits += 1) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const mantissa = bits & 0x3ff;
    if (exponent === 0) table[bits] = sign * mantissa * 2 ** -24;
    else if (exponent === 31) table[bits] = mantissa === 0 ? sign * Infinity : NaN;
    else table[bits] = sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
  }
  return table;
}

/** Half-precision bytes as numbers. */
export function readHalves(bytes: Buffer): Float32Array {
  const values = new Float32Array(bytes.length / 2);
  for (let i = 0; i < values.length; i += 1) values[i] = singleByHalf[bytes.readUInt16LE(2 * i)] ?? NaN;
  return values;
}

/** Single-precision bytes as numbers. */
export function readSingles(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

/** The bytes of numbers in a ggml file. `q8_0` wants rows of whole blocks. */
export function encodeNumbers(values: Float32Array, type: GgmlType): Buffer {
  switch (type) {
    case 'float32': {
      const bytes = Buffer.alloc(values.length * 4);
      values.forEach((value, i) => void bytes.writeFloatLE(value, 4 * i));
      return bytes;
    }
    case 'float16': {
      const bytes = Buffer.alloc(values.length * 2);
      values.forEach((value, i) => void bytes.writeUInt16LE(toHalf(value), 2 * i));
      return bytes;
    }
    case 'q8_0':
      return quantise(values);
  }
}

/** As ggml's own quantiser: per block a half-precision scale and 32 signed bytes. */
function quantise(values: Float32Array): Buffer {
  const blockCount = values.length / blockLength;
  if (!Number.isInteger(blockCount)) throw new RangeError('quantised rows must be whole blocks of 32');
  const bytes = Buffer.alloc(blockCount * quantisedBlockBytes);
  for (let block = 0; block < blockCount; block += 1) {
    const numbers = values.subarray(block * blockLength, (block + 1) * blockLength);
    const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = Math.fround(largest / 127);
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
    const start = block * quantisedBlockBytes;
    bytes.writeUInt16LE(toHalf(scale), start);
    numbers.forEach((value, i) => {
      const scaled = Math.fround(value * inverse);
      bytes.writeInt8(Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5), start + 2 + i);
    });
  }
  return bytes;
}
