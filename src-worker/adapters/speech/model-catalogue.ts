/** A model that can be downloaded. Sizes are those of the files; memory is what the fast engine needs at most. */
export interface CatalogueModel {
  modelId: string;
  name: string;
  description: string;
  languages: 'multilingual' | 'english';
  sizeBytes: number;
  memoryBytes: number;
  /** The repository on the model hub. */
  repository: string;
  /** Of model.bin, where it was checked by us. Otherwise the hash that the hub states is used. */
  sha256?: string;
}

export const modelCatalogue: readonly CatalogueModel[] = [
  {
    modelId: 'tiny',
    name: 'Whisper tiny',
    description: 'The fastest and the least exact. For old laptops and quick looks.',
    languages: 'multilingual',
    sizeBytes: 78_000_000,
    memoryBytes: 250_000_000,
    repository: 'Systran/faster-whisper-tiny',
  },
  {
    modelId: 'base',
    name: 'Whisper base',
    description: 'Comes with Longhand. Fast, and good for clear speech.',
    languages: 'multilingual',
    sizeBytes: 147_900_000,
    memoryBytes: 350_000_000,
    repository: 'Systran/faster-whisper-base',
    sha256: 'd01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9',
  },
  {
    modelId: 'small',
    name: 'Whisper small',
    description: 'Clearly better with accents, names and noise; about three times slower than base.',
    languages: 'multilingual',
    sizeBytes: 486_200_000,
    memoryBytes: 800_000_000,
    repository: 'Systran/faster-whisper-small',
  },
  {
    modelId: 'medium',
    name: 'Whisper medium',
    description: 'For difficult recordings and less common languages; about ten times slower than base.',
    languages: 'multilingual',
    sizeBytes: 1_530_600_000,
    memoryBytes: 1_900_000_000,
    repository: 'Systran/faster-whisper-medium',
  },
  {
    modelId: 'large-v3-turbo',
    name: 'Whisper large-v3 turbo',
    description: 'The best text; about eight times slower than base.',
    languages: 'multilingual',
    sizeBytes: 1_620_600_000,
    memoryBytes: 2_200_000_000,
    repository: 'mobiuslabsgmbh/faster-whisper-large-v3-turbo',
  },
];

export function findInCatalogue(modelId: string): CatalogueModel | undefined {
  return modelCatalogue.find((model) => model.modelId === modelId);
}
