import { createAssetRepository } from '../../src-data/assets.ts';
import { createChatModelRepository } from '../../src-data/chat-models.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { createNoticeRepository } from '../../src-data/notices.ts';
import { createSettingsRepository } from '../../src-data/settings.ts';
import { createSpeechModelRepository } from '../../src-data/speech-models.ts';
import { createStepRepository } from '../../src-data/steps.ts';
import { createTranscriptRepository } from '../../src-data/transcripts.ts';
import { createWatchFolderRepository } from '../../src-data/watch-folders.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import type { Logger } from '../../src-node/logger.ts';
import type {
  BoundaryPort,
  ChatModelPort,
  ChatPort,
  MediaPort,
  SpeechModelPort,
  TranscriptionPort,
} from './ports.ts';
import { defaultWatchTimings, type WatchTimings } from './watch-timings.ts';

export interface WorkerPorts {
  media: MediaPort;
  transcription: TranscriptionPort;
  speechModels: SpeechModelPort;
  chatModels: ChatModelPort;
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
  chatModelRows: ReturnType<typeof createChatModelRepository>;
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
    chatModelRows: createChatModelRepository(database),
    notices: createNoticeRepository(database),
    settings: createSettingsRepository(database),
  };
}
