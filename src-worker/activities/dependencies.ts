import { createAssetRepository } from '../../src-data/assets.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { createNoticeRepository } from '../../src-data/notices.ts';
import { createSettingsRepository } from '../../src-data/settings.ts';
import { createSpeechModelRepository } from '../../src-data/speech-models.ts';
import { createStepRepository } from '../../src-data/steps.ts';
import { createTranscriptRepository } from '../../src-data/transcripts.ts';
import { createWatchFolderRepository } from '../../src-data/watch-folders.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import type { Logger } from '../../src-node/logger.ts';
import type { BoundaryPort, ChatPort, MediaPort, SpeechModelPort, TranscriptionPort } from './ports.ts';
import { defaultWatchTimings, type WatchTimings } from './watch-timings.ts';

export interface WorkerPorts {
  media: MediaPort;
  transcription: TranscriptionPort;
  speechModels: SpeechModelPort;
  chat: ChatPort;
  boundary: BoundaryPort;
}

/** Everything the activities work with; made once per worker process. */
export interface WorkerDependencies extends WorkerPorts {
  database: LibraryDatabase;
  dataFolder: DataFolder;
  logger: Logger;
  assets: ReturnType<typeof createAssetRepository>;
  steps: ReturnType<typeof createStepRepository>;
  transcripts: ReturnType<typeof createTranscriptRepository>;
  folders: ReturnType<typeof createWatchFolderRepository>;
  models: ReturnType<typeof createSpeechModelRepository>;
  notices: ReturnType<typeof createNoticeRepository>;
  settings: ReturnType<typeof createSettingsRepository>;
  watchTimings: WatchTimings;
}

export function createDependencies(
  options: WorkerPorts & {
    database: LibraryDatabase;
    dataFolder: DataFolder;
    logger: Logger;
    watchTimings?: WatchTimings;
  },
): WorkerDependencies {
  const { database } = options;
  return {
    ...options,
    watchTimings: options.watchTimings ?? defaultWatchTimings,
    assets: createAssetRepository(database),
    steps: createStepRepository(database),
    transcripts: createTranscriptRepository(database),
    folders: createWatchFolderRepository(database),
    models: createSpeechModelRepository(database),
    notices: createNoticeRepository(database),
    settings: createSettingsRepository(database),
  };
}
