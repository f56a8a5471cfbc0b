import { createAccountRepository, type AccountRepository } from '../../src-data/accounts.ts';
import type { AssetQueries } from '../../src-data/asset-queries.ts';
import { createAssetQueries } from '../../src-data/asset-queries.ts';
import { createActivityQueries, type ActivityQueries } from '../../src-data/activity-queries.ts';
import { createAssetRepository, type AssetRepository } from '../../src-data/assets.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { createNoticeRepository, type NoticeRepository } from '../../src-data/notices.ts';
import { createOutboxRepository, type OutboxRepository } from '../../src-data/outbox.ts';
import { createSettingsRepository, type SettingsRepository } from '../../src-data/settings.ts';
import { createSpeechModelRepository, type SpeechModelRepository } from '../../src-data/speech-models.ts';
import { createStepRepository, type StepRepository } from '../../src-data/steps.ts';
import { createTranscriptRepository, type TranscriptRepository } from '../../src-data/transcripts.ts';
import { createWatchFolderRepository, type WatchFolderRepository } from '../../src-data/watch-folders.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import type { Logger } from '../../src-node/logger.ts';
import type { ChatModel } from '../../src-shared/domain/model.ts';
import type { ProcessName, ProcessStatus } from '../../src-shared/domain/process-status.ts';

/** The processes around the api, as the supervisor tells of them. */
export interface ProcessesPort {
  read: () => ProcessStatus[];
  retry: (name: ProcessName) => void;
  /** The person has named another Ollama, or none. */
  setOllamaAddress: (baseUrl: string | null) => void;
}

export type ChatRuntimeState =
  { isReady: true; models: Omit<ChatModel, 'isInUse'>[] } | { isReady: false; message: string };

/** The local model runtime; only asked what it has. */
export interface ChatRuntimePort {
  readState: () => Promise<ChatRuntimeState>;
}

export interface ServiceOptions {
  database: LibraryDatabase;
  dataFolder: DataFolder;
  logger: Logger;
  appVersion: string;
  processes: ProcessesPort;
  chatRuntime: ChatRuntimePort;
  now?: () => Date;
}

/** Everything the handlers work with; made once per api process. */
export interface CommandServices extends Omit<ServiceOptions, 'now'> {
  now: () => Date;
  assets: AssetRepository;
  queries: AssetQueries;
  activity: ActivityQueries;
  steps: StepRepository;
  transcripts: TranscriptRepository;
  folders: WatchFolderRepository;
  models: SpeechModelRepository;
  settings: SettingsRepository;
  notices: NoticeRepository;
  outbox: OutboxRepository;
  accounts: AccountRepository;
}

export function createCommandServices(options: ServiceOptions): CommandServices {
  const { database } = options;
  const now = options.now ?? (() => new Date());
  return {
    ...options,
    now,
    assets: createAssetRepository(database, now),
    queries: createAssetQueries(database),
    activity: createActivityQueries(database),
    steps: createStepRepository(database, now),
    transcripts: createTranscriptRepository(database, now),
    folders: createWatchFolderRepository(database, now),
    models: createSpeechModelRepository(database, now),
    settings: createSettingsRepository(database),
    notices: createNoticeRepository(database, now),
    outbox: createOutboxRepository(database, now),
    accounts: createAccountRepository(database, now),
  };
}
