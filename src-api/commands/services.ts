import type { Connector } from '../../src-connectors/common/node/connector.ts';
import { openConnectors } from '../../src-connectors/common/node/open-connectors.ts';
import { createAccountRepository, type AccountRepository } from '../../src-data/accounts.ts';
import type { AssetQueries } from '../../src-data/asset-queries.ts';
import { createAssetQueries } from '../../src-data/asset-queries.ts';
import { createActivityQueries, type ActivityQueries } from '../../src-data/activity-queries.ts';
import { createApiTokenRepository, type ApiTokenRepository } from '../../src-data/api-tokens.ts';
import { createApprovalRepository, type ApprovalRepository } from '../../src-data/approvals.ts';
import { createAssetRepository, type AssetRepository } from '../../src-data/assets.ts';
import { createAuditRepository, type AuditRepository } from '../../src-data/audit.ts';
import { createBudgetRepository, type BudgetRepository } from '../../src-data/budgets.ts';
import { createCreditRepository, type CreditRepository } from '../../src-data/credits.ts';
import { createCredentialRepository, type CredentialRepository } from '../../src-data/credentials.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { createChatModelRepository, type ChatModelRepository } from '../../src-data/chat-models.ts';
import { createConversationQueries, type ConversationQueries } from '../../src-data/conversation-queries.ts';
import { createConversationRepository, type ConversationRepository } from '../../src-data/conversations.ts';
import { createMessageRepository, type MessageRepository } from '../../src-data/messages.ts';
import { createPassageVectorRepository } from '../../src-data/passage-vectors.ts';
import { createPassageSearch } from '../../src-data/passage-search.ts';
import { createGrantRepository, type GrantRepository } from '../../src-data/grants.ts';
import { createNoticeRepository, type NoticeRepository } from '../../src-data/notices.ts';
import { createOutboxRepository, type OutboxRepository } from '../../src-data/outbox.ts';
import { createPostChanges, type PostChanges } from '../../src-data/posts/change-posts.ts';
import { createPostQueries, type PostQueries } from '../../src-data/posts/post-queries.ts';
import { createPostLookUp, type PostLookUp } from '../../src-data/post-look-up.ts';
import { createQueueSlotRepository, type QueueSlotRepository } from '../../src-data/posts/queue-slots.ts';
import { createTriage, type Triage } from '../../src-data/posts/triage.ts';
import { createRenderingRepository, type RenderingRepository } from '../../src-data/renderings.ts';
import { createSettingsRepository, type SettingsRepository } from '../../src-data/settings.ts';
import { createSpeechModelRepository, type SpeechModelRepository } from '../../src-data/speech-models.ts';
import { createStepRepository, type StepRepository } from '../../src-data/steps.ts';
import { createTranscriptRepository, type TranscriptRepository } from '../../src-data/transcripts.ts';
import { createWatchFolderRepository, type WatchFolderRepository } from '../../src-data/watch-folders.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import type { Logger } from '../../src-node/logger.ts';
import type { Vault } from '../../src-node/secrets/vault.ts';
import { createLocalModels, type LocalModels } from '../../src-node/models/local-models.ts';
import type { ModelRuntime } from '../../src-node/models/model-runtime.ts';
import type { AppEvent } from '../../src-shared/contract/events.ts';
import type { Platform } from '../../src-shared/domain/account.ts';
import type { MachineMemory } from '../../src-shared/domain/chat-model.ts';
import { ownZone } from '../../src-shared/domain/period.ts';
import type { HttpDoorState } from '../../src-shared/domain/http-door.ts';
import { publishingSpacingMs } from '../../src-shared/domain/platforms/known-platforms.ts';
import type { ProcessName, ProcessStatus } from '../../src-shared/domain/process-status.ts';
import type { RunTurn } from '../chat/answer-turn.ts';
import { createAnswers, type Answers } from '../chat/answers.ts';
import { createMeaning, type Meaning } from '../chat/meaning.ts';
import { createTalk, type Talk } from '../chat/talk.ts';
import type { WorkHistory } from '../boundary/work-history.ts';
import { createThinkCalls, type ThinkCalls } from '../think/think-calls.ts';

/** The processes around the api, as the supervisor tells of them. */
export interface ProcessesPort {
  read: () => ProcessStatus[];
  retry: (name: ProcessName) => void;
  /** The person has named another Ollama, or none. */
  setOllamaAddress: (baseUrl: string | null) => void;
  /** A workflow was cancelled: what the worker does for it ends at once, before the work engine has told it. */
  endWork: (workflowId: string) => void;
}

/** The door for other programs on this computer. */
export interface HttpDoorPort {
  readState: () => HttpDoorState;
  setOpen: (isOpen: boolean) => Promise<void>;
}

export interface ServiceOptions {
  database: LibraryDatabase;
  dataFolder: DataFolder;
  logger: Logger;
  appVersion: string;
  processes: ProcessesPort;
  httpDoor: HttpDoorPort;
  /** The local model runtime. */
  runtime: ModelRuntime;
  /** The secrets of accounts. */
  vault: Vault;
  /** Tells every listener at once. */
  announce: (event: AppEvent) => void;
  /** How answers are made; without it, in words alone. */
  runTurn?: RunTurn | undefined;
  readMemory?: (() => MachineMemory) | undefined;
  now?: () => Date;
  /** How much longer than usual think commands may take; for computers that are busy with tests. */
  thinkBudgetFactor?: number | undefined;
  /** What the work engine knows of a workflow. @throws where it cannot be asked right now */
  readWorkHistory: (workflowId: string) => Promise<WorkHistory | null>;
}

/** Everything the handlers work with; made once per api process. */
export interface CommandServices extends Omit<ServiceOptions, 'now' | 'runtime' | 'runTurn' | 'readMemory'> {
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
  /** What speaks to a platform. */
  connectorOf: (platform: Platform) => Connector;
  accounts: AccountRepository;
  credentials: CredentialRepository;
  conversations: ConversationRepository;
  conversationQueries: ConversationQueries;
  messages: MessageRepository;
  chatModels: ChatModelRepository;
  /** The one way to a local model. */
  localModels: LocalModels;
  talk: Talk;
  meaning: Meaning;
  answers: Answers;
  audit: AuditRepository;
  tokens: ApiTokenRepository;
  approvals: ApprovalRepository;
  grants: GrantRepository;
  credits: CreditRepository;
  budgets: BudgetRepository;
  /** The IANA zone of the creator's days and queue slots. */
  zone: () => string;
  posts: PostChanges;
  renderings: RenderingRepository;
  /** Decides about everything that has come due. */
  triage: Triage;
  postQueries: PostQueries;
  queueSlots: QueueSlotRepository;
  postLookUp: PostLookUp;
  thinkCalls: ThinkCalls;
}

export function createCommandServices(options: ServiceOptions): CommandServices {
  const { database } = options;
  const now = options.now ?? (() => new Date());
  const settings = createSettingsRepository(database);
  const credits = createCreditRepository(database, now);
  const zone = () => settings.read().timeZone ?? ownZone();
  const assets = createAssetRepository(database, now);
  const transcripts = createTranscriptRepository(database, now);
  const conversations = createConversationRepository(database, now);
  const messages = createMessageRepository(database, now);
  const localModels = createLocalModels({
    runtime: options.runtime,
    readSettings: () => settings.read(),
    ...(options.readMemory === undefined ? {} : { readMemory: options.readMemory }),
  });
  const passageSearch = createPassageSearch(database);
  const meaning = createMeaning({
    localModels,
    vectors: createPassageVectorRepository(database),
    logger: options.logger,
  });
  const talk = createTalk({
    assets,
    conversations,
    messages,
    transcripts,
    passageSearch,
    localModels,
    meaning,
  });
  return {
    ...options,
    now,
    conversations,
    conversationQueries: createConversationQueries(database),
    messages,
    chatModels: createChatModelRepository(database, now),
    localModels,
    talk,
    meaning,
    answers: createAnswers({
      messages,
      announce: options.announce,
      runTurn: options.runTurn ?? talk.runTurn,
      logger: options.logger,
    }),
    assets,
    zone,
    queries: createAssetQueries(database),
    activity: createActivityQueries(database),
    steps: createStepRepository(database, now),
    transcripts,
    folders: createWatchFolderRepository(database, now),
    models: createSpeechModelRepository(database, now),
    settings,
    notices: createNoticeRepository(database, now),
    outbox: createOutboxRepository(database, now),
    connectorOf: openConnectors(options.dataFolder),
    accounts: createAccountRepository(database, now),
    credentials: createCredentialRepository(database, now),
    audit: createAuditRepository(database, now),
    tokens: createApiTokenRepository(database, now),
    approvals: createApprovalRepository(database, now),
    grants: createGrantRepository(database, { now, zone }),
    credits,
    budgets: createBudgetRepository(database, { credits, now, zone }),
    posts: createPostChanges(database, now),
    renderings: createRenderingRepository(database, now),
    triage: createTriage(database, { spacingMs: publishingSpacingMs }, now),
    postQueries: createPostQueries(database),
    queueSlots: createQueueSlotRepository(database),
    postLookUp: createPostLookUp(database),
    thinkCalls: createThinkCalls(),
  };
}
