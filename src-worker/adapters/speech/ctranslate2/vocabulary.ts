import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../src-shared/domain/errors.ts';

/**
 * The tokens of a model as the bytes they stand for. A character may be spread over several tokens, so bytes are
 * joined before they are read as UTF-8.
 */
export class Vocabulary {
  readonly #bytesByToken: readonly Buffer[];

  constructor(bytesByToken: readonly Buffer[]) {
    this.#bytesByToken = bytesByToken;
  }

  /** The raw bytes of one token; none for a special one. */
  bytesOf(token: number): Buffer {
    return this.#bytesByToken[token] ?? Buffer.alloc(0);
  }

  /** The text of a row of text tokens. Bytes that are no UTF-8 become U+FFFD. */
  decode(tokens: readonly number[]): string {
    return Buffer.concat(tokens.map((token) => this.bytesOf(token))).toString('utf8');
  }

  /** Cuts a row of tokens into the shortest pieces that are whole characters. */
  splitAtCharacters(tokens: readonly number[]): { text: string; tokenCount: number }[] {
    const pieces: { text: string; tokenCount: number }[] = [];
    let waiting: number[] = [];
    for (const token of tokens) {
      waiting.push(token);
      const text = this.decode(waiting);
      if (text.includes('\uFFFD') && waiting.length < longestCharacterTokens) continue;
      pieces.push({ text, tokenCount: waiting.length });
      waiting = [];
    }
    if (waiting.length > 0) pieces.push({ text: this.decode(waiting), tokenCount: waiting.length });
    return pieces;
  }
}

/** A character has at most four bytes, and a token at least one. */
const longestCharacterTokens = 4;

/**
 * Reads `vocabulary.json` or `vocabulary.txt` of a CTranslate2 model.
 * @throws AppError `input.not-a-model`
 */
export async function readVocabulary(modelFolder: string): Promise<Vocabulary> {
  const tokens =
    (await readTokens(join(modelFolder, 'vocabulary.json'), (text) =>
      z.array(z.string()).parse(JSON.parse(text)),
    )) ??
    (await readTokens(join(modelFolder, 'vocabulary.txt'), (text) => text.replace(/\n$/, '').split('\n')));
  if (tokens === undefined) {
    throw new AppError({
      code: 'input.not-a-model',
      userMessage: `The folder ${modelFolder} has no vocabulary, so it is not a complete speech model. Nothing was changed. Download the model again in Settings, or choose another one.`,
      retry: 'user',
      details: { modelFolder },
    });
  }
  return new Vocabulary(tokens.map(toBytes));
}

async function readTokens(path: string, parse: (text: string) => string[]): Promise<string[] | undefined> {
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const isSpecialToken = /^<\|.*\|>$/;

/** Whisper writes each byte as a printable character (the byte-level encoding of GPT-2). */
function toBytes(token: string): Buffer {
  if (isSpecialToken.test(token)) return Buffer.alloc(0);
  return Buffer.from(Array.from(token, (character) => byteByCharacter.get(character) ?? 0x3f));
}

const byteByCharacter = makeByteByCharacter();

function makeByteByCharacter(): Map<string, number> {
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  const map = new Map<string, number>();
  let nextSubstitute = 0x100;
  for (let byte = 0; byte < 0x100; byte += 1) {
    map.set(String.fromCodePoint(isPrintable(byte) ? byte : nextSubstitute++), byte);
  }
  return map;
}
