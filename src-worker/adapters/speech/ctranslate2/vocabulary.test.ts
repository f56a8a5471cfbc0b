import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readVocabulary } from './vocabulary.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-vocabulary-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** As byte-level vocabularies write it: Ġ is a space, and "ü" (C3 BC) is spread over two tokens here. */
const tokens = ['ĠGr', 'Ã', '¼', 'Ã', 'Ł', 'e', '<|endoftext|>'];

describe('readVocabulary', () => {
  it('reads vocabulary.txt and joins a character that is spread over tokens', async () => {
    await writeFile(join(folder, 'vocabulary.txt'), `${tokens.join('\n')}\n`);
    const vocabulary = await readVocabulary(folder);
    expect(vocabulary.decode([0, 1, 2, 3, 4, 5])).toBe(' Grüße');
    expect(vocabulary.splitAtCharacters([0, 1, 2, 3, 4, 5])).toEqual([
      { text: ' Gr', tokenCount: 1 },
      { text: 'ü', tokenCount: 2 },
      { text: 'ß', tokenCount: 2 },
      { text: 'e', tokenCount: 1 },
    ]);
  });

  it('reads vocabulary.json', async () => {
    await writeFile(join(folder, 'vocabulary.json'), JSON.stringify(tokens));
    expect((await readVocabulary(folder)).decode([0, 5])).toBe(' Gre');
  });

  it('gives special tokens no text', async () => {
    await writeFile(join(folder, 'vocabulary.json'), JSON.stringify(tokens));
    expect((await readVocabulary(folder)).decode([6])).toBe('');
  });

  it('marks bytes that are no character instead of losing the rest', async () => {
    await writeFile(join(folder, 'vocabulary.json'), JSON.stringify(tokens));
    const vocabulary = await readVocabulary(folder);
    expect(
      vocabulary
        .splitAtCharacters([1, 5])
        .map(({ text }) => text)
        .join(''),
    ).toBe('\uFFFDe');
  });

  it('says that a folder without one is no model', async () => {
    await expect(readVocabulary(folder)).rejects.toMatchObject({ code: 'input.not-a-model' });
  });
});
