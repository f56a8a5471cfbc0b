import { createAccountRepository } from '../../src-data/accounts.ts';
import { createAssetRepository } from '../../src-data/assets.ts';
import { createChatModelRepository } from '../../src-data/chat-models.ts';
import { createCreditRepository } from '../../src-data/credits.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { createNoticeRepository } from '../../src-data/notices.ts';
import { createOutboxRepository } from '../../src-data/outbox.ts';
import { createPublishingRepository } from '../../src-data/posts/publishing.ts';
import { createTriage } from '../../src-data/posts/triage.ts';
import { createRenderingRepository } from '../../src-data/renderings.ts';
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
import {
  defaultPublishingTimings,
  type PublishingPort,
  type PublishingStep,
  type PublishingTimings,
} from './publishing-port.ts';
import { defaultWatchTimings, type WatchTimings } from './watch-timings.ts';

export interface WorkerPorts {
  media: MediaPort;
  transcription: TranscriptionPort;
  speechModels: SpeechModelPort;
  chatModels: ChatModelPort;
  chat: ChatPort;
  boundary: BoundaryPort;
  publishing: PublishingPort;
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
  credits: ReturnType<typeof createCreditRepository>;
  renderings: ReturnType<typeof createRenderingRepository>;
  outbox: ReturnType<typeof createOutboxRepository>;
  settings: ReturnType<typeof createSettingsRepository>;
  watchTimings: WatchTimings;
  accounts: ReturnType<typeof createAccountRepository>;
  posts: ReturnType<typeof createPublishingRepository>;
  triage: ReturnType<typeof createTriage>;
  publishingTimings: PublishingTimings;
  /** Called at each moment that a crash must not harm. Only tests do something there. */
  reachStep: (step: PublishingStep, targetId: string) => Promise<void> | void;
  now: () => Date;
  /** 0 to 1. */
  random: () => number;
}

export type DependencyOptions = WorkerPorts & {
  database: LibraryDatabase;
  dataFolder: DataFolder;
  logger: Logger;
  watchTimings?: WatchTimings;
  publishingTimings?: PublishingTimings;
  reachStep?: WorkerDependencies['reachStep'];
  now?: () => Date;
};

export function createDependencies(options: DependencyOptions): WorkerDependencies {
  const { database } = options;
  const now = options.now ?? (() => new Date());
  const accounts = createAccountRepository(database, now);
  const publishingTimings = options.publishingTimings ?? defaultPublishingTimings;
  return {
    ...options,
    now,
    random: () => Math.random(),
    reachStep: options.reachStep ?? (() => undefined),
    publishingTimings,
    accounts,
    posts: createPublishingRepository(database, now),
    triage: createTriage(database, { spacingMs: publishingTimings.spacingMs }, now),
    watchTimings: options.watchTimings ?? defaultWatchTimings,
    assets: createAssetRepository(database),
    steps: createStepRepository(database),
    transcripts: createTranscriptRepository(database),
    folders: createWatchFolderRepository(database),
    models: createSpeechModelRepository(database),
    chatModelRows: createChatModelRepository(database),
    credits: createCreditRepository(database),
    renderings: createRenderingRepository(database),
    outbox: createOutboxRepository(database),
    notices: createNoticeRepository(database),
    settings: createSettingsRepository(database),
  };
}
