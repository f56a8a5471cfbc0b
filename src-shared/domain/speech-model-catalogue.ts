import type { SpeechModel } from './model.ts';

export type CatalogueEntry = Pick<
  SpeechModel,
  'modelId' | 'name' | 'description' | 'sizeBytes' | 'languages'
>;

/** The model that comes with the app. */
export const bundledSpeechModelId = 'base';

/** Every Whisper model on offer, smallest first. Sizes are those of the 16-bit CTranslate2 files. */
export const speechModelCatalogue: readonly CatalogueEntry[] = [
  {
    modelId: 'tiny',
    name: 'Whisper tiny',
    description: 'The fastest and least exact. For notes to yourself, and for slow computers.',
    sizeBytes: 78_204_000,
    languages: 'multilingual',
  },
  {
    modelId: bundledSpeechModelId,
    name: 'Whisper base',
    description: 'Fast on any laptop and good with clear speech. Comes with Longhand.',
    sizeBytes: 147_883_000,
    languages: 'multilingual',
  },
  {
    modelId: 'small',
    name: 'Whisper small',
    description: 'Clearly better with accents and noise; about four times as slow as base.',
    sizeBytes: 486_212_000,
    languages: 'multilingual',
  },
  {
    modelId: 'medium',
    name: 'Whisper medium',
    description: 'Good with difficult recordings; slow without a graphics card. Needs 3 GB of memory.',
    sizeBytes: 1_530_572_000,
    languages: 'multilingual',
  },
  {
    modelId: 'large-v3-turbo',
    name: 'Whisper large v3 turbo',
    description: 'Nearly the best there is, at the speed of medium. Needs 4 GB of memory.',
    sizeBytes: 1_622_000_000,
    languages: 'multilingual',
  },
  {
    modelId: 'large-v3',
    name: 'Whisper large v3',
    description: 'The best and the slowest. Needs 6 GB of memory.',
    sizeBytes: 3_090_836_000,
    languages: 'multilingual',
  },
];

export function findInCatalogue(modelId: string): CatalogueEntry | undefined {
  return speechModelCatalogue.find((entry) => entry.modelId === modelId);
}
