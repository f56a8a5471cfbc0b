import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { createNotAModelError, readModelFile } from './ctranslate2/model-file.ts';
import { ggmlMagic } from './whisper-cpp/ggml-file.ts';

export interface InspectedModel {
  format: 'ctranslate2' | 'ggml';
  isMultilingual: boolean;
  sizeBytes: number;
}

/** Sizes of the vocabulary: English-only models lack one token and all languages. */
const englishVocabularySize = 51_864;
const smallestVocabularySize = 51_000;
const ggmlHeadBytes = 48;
/** Whisper's encoder always has this many positions; other ggml models have other numbers there. */
const audioContext = 1500;

/** Files without which CTranslate2 cannot use a model, beside model.bin. */
const companionFiles = [['config.json'], ['vocabulary.json', 'vocabulary.txt']] as const;

/**
 * Finds out whether a path really is a Whisper model, and of what kind. Reads tables of contents, not weights.
 * @param path a CTranslate2 folder or a ggml file
 * @throws AppError `dependency.speech-model-missing` where there is nothing, `input.not-a-model`
 */
export async function inspectModel(path: string): Promise<InspectedModel> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new AppError({
      code: 'dependency.speech-model-missing',
      userMessage: `The speech model is not there: ${path}. Your library is unchanged. Choose or download a speech model in Settings.`,
      retry: 'user',
      details: { path },
      cause: error,
    });
  });
  return stats.isDirectory() ? inspectFolder(path) : inspectGgml(path, stats.size);
}

async function inspectFolder(path: string): Promise<InspectedModel> {
  const weightsPath = join(path, 'model.bin');
  if (!(await isFile(weightsPath))) throw createNotAModelError(path, 'it has no model.bin');
  for (const names of companionFiles) {
    const found = await Promise.all(names.map((name) => isFile(join(path, name))));
    if (!found.includes(true)) throw createNotAModelError(path, `it has no ${names.join(' or ')}`);
  }
  const model = await readModelFile(weightsPath);
  const [vocabularySize] = model.variables.get('decoder/embeddings/weight')?.shape ?? [];
  if (model.specification !== 'WhisperSpec' || vocabularySize === undefined) {
    throw createNotAModelError(path, `it is a ${model.specification}`);
  }
  const { size: sizeBytes } = await stat(weightsPath);
  return { format: 'ctranslate2', isMultilingual: vocabularySize !== englishVocabularySize, sizeBytes };
}

async function inspectGgml(path: string, sizeBytes: number): Promise<InspectedModel> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(ggmlHeadBytes), 0, ggmlHeadBytes, 0);
    if (bytesRead < ggmlHeadBytes || buffer.readUInt32LE(0) !== ggmlMagic) {
      throw createNotAModelError(path, 'it does not start like one');
    }
    const vocabularySize = buffer.readInt32LE(4);
    if (vocabularySize < smallestVocabularySize || buffer.readInt32LE(8) !== audioContext) {
      throw createNotAModelError(path, 'it is a ggml model of another kind');
    }
    return { format: 'ggml', isMultilingual: vocabularySize !== englishVocabularySize, sizeBytes };
  } finally {
    await file.close();
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
