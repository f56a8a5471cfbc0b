import { createAdaptorServer } from '@hono/node-server';
import { createCredentialRepository } from '../src-data/credentials.ts';
import { keepLogShort } from '../src-data/log-upkeep.ts';
import { openLibrary } from '../src-data/open-library.ts';
import { createRateBucketRepository } from '../src-data/rate-buckets.ts';
import { createRevisionRepository } from '../src-data/revisions.ts';
import { createSettingsRepository } from '../src-data/settings.ts';
import type { DataFolder } from '../src-node/data-folder.ts';
import { createModelRuntime } from '../src-node/models/model-runtime.ts';
import { openLocalDoor } from '../src-node/local-door.ts';
import { createSystemKeyring, type Keyring } from '../src-node/secrets/keyring.ts';
import { createRunKeys } from '../src-node/secrets/run-keys.ts';
import { createVault } from '../src-node/secrets/vault.ts';
import type { Logger } from '../src-node/logger.ts';
import type { MachineMemory } from '../src-shared/domain/chat-model.ts';
import type { ProcessStatus } from '../src-shared/domain/process-status.ts';
import { createAssistant } from './agent/create-assistant.ts';
import { createAuthenticate } from './boundary/authenticate.ts';
import { createBoundary, type Boundary } from './boundary/execute.ts';
import { createOutboxDispatcher } from './boundary/outbox-dispatcher.ts';
import { createRateLimit } from './boundary/rate-limit.ts';
import { reconcile } from './boundary/reconcile.ts';
import { postChanged, startWakeUp } from './boundary/start-messages.ts';
import { createTemporalEngine } from './boundary/temporal-client.ts';
import { handlers } from './commands/handlers.ts';
import { createCommandServices, type ProcessesPort } from './commands/services.ts';
import { forgetEndedRun } from './commands/accounts/vault.ts';
import { createHttpApp } from './http/app.ts';
import { createLoopbackDoor } from './http/loopback-door.ts';
import { createEventHub } from './http/event-hub.ts';
import { readLocalCredentials } from './http/local-door-credentials.ts';
import { forgetOldAnswers } from './forget-answers.ts';
import { keepBackups } from './keep-backups.ts';
import type { ProcessStates } from './process-states.ts';
import { offerSample } from './offer-sample.ts';
import { sweepRemovedMedia } from './sweep-media.ts';
import { watchForReturn } from './watch-for-return.ts';

export interface ApiOptions {
  dataFolder: DataFolder;
  logger: Logger;
  appVersion: string;
  temporal: { address: string; namespace: string };
  internalToken: string | undefined;
  resourcesFolder: string | undefined;
  /** The built command line, for agents to be told of. */
  commandLineProgram: string;
  processes: ProcessesPort & Pick<ProcessStates, 'readOllamaAddress' | 'isOllamaOnItsWay'>;
  /** For tests: a machine with other memory. */
  readMemory?: () => MachineMemory;
  /** For tests: when a runtime that says nothing is taken to hang. */
  longestSilenceMs?: number;
  /** How much longer than usual think commands may take. */
  thinkBudgetFactor?: number | undefined;
  /** For tests: another day. */
  now?: (() => Date) | undefined;
  /** For tests: how long an answer waits for the work engine. */
  acknowledgeWithinMs?: number | undefined;
  /** For tests: another one than the system's. */
  keyring?: Keyring | undefined;
  /** How often is looked for what posts wait for and what says nothing when it comes back. */
  lookForReturnEveryMs?: number | undefined;
}

export interface RunningApi {
  readonly boundary: Boundary;
  announceProcesses: (processes: ProcessStatus[]) => void;
  setTemporalAddress: (address: string) => void;
  /** The computer woke up, or Temporal came back: look again at once. */
  reconnect: () => void;
  /** Arms everything due; resolves when that is done, waiting for Temporal as long as it takes. */
  rearm: () => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * Opens the library and the local door. Waits for nothing else: Temporal is looked for in the background, and what is
 * asked for meanwhile is recorded and started later.
 * @throws AppError `storage.*`
 */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { dataFolder, logger, appVersion, processes } = options;
  const { database, ...opened } = await openLibrary(dataFolder);
  logger.info(opened, 'library open');
  const endLogUpkeep = keepLogShort(database);
  const now = options.now ?? (() => new Date());
  const forgetting = forgetOldAnswers(database, { logger, now });

  const settings = createSettingsRepository(database);
  const { ollamaAddress } = settings.read();
  if (ollamaAddress !== null) processes.setOllamaAddress(ollamaAddress);
  const revisions = createRevisionRepository(database);
  const events = createEventHub({
    revisions,
    readProcesses: () => processes.read(),
    logger,
  });
  const engine = createTemporalEngine({ ...options.temporal, logger });
  const services = createCommandServices({
    database,
    dataFolder,
    logger,
    appVersion,
    processes,
    // The door needs the boundary, and the boundary these services.
    httpDoor: {
      readState: () => httpDoor.readState(),
      setOpen: (isOpen) => httpDoor.setOpen(isOpen),
    },
    runtime: createModelRuntime({
      readAddress: () => settings.read().ollamaAddress ?? processes.readOllamaAddress(),
      isOnItsWay: () => processes.isOllamaOnItsWay(),
      longestSilenceMs: options.longestSilenceMs,
    }),
    vault: createVault({
      store: createCredentialRepository(database),
      keyring: options.keyring ?? createSystemKeyring(),
      runKeys: createRunKeys(dataFolder.runFolder, options.internalToken),
    }),
    announce: events.announce,
    readMemory: options.readMemory,
    readWorkHistory: engine.readHistory,
    thinkBudgetFactor: options.thinkBudgetFactor,
    now,
    runTurn: (turn) => assistant(turn),
  });
  let triaging = Promise.resolve();
  services.answers.markInterrupted();
  forgetEndedRun(services);
  openKeyring();
  triageNow();
  if (opened.outcome === 'restored') tellOpenPosts();
  const dispatcher = createOutboxDispatcher({
    outbox: services.outbox,
    engine,
    logger,
    deadlineMs: options.acknowledgeWithinMs,
  });
  const authenticate = createAuthenticate({
    internalToken: options.internalToken,
    tokens: services.tokens,
    now: services.now,
    logger,
  });
  const boundary = createBoundary({
    services,
    handlers,
    authenticate,
    limitRate: createRateLimit({ buckets: createRateBucketRepository(database), now }),
    dispatcher,
    logger,
  });
  const assistant = createAssistant(services, boundary);
  const httpDoor = createLoopbackDoor({
    boundary,
    authenticate,
    appVersion,
    dataFolder,
    commandLineProgram: options.commandLineProgram,
    logger,
  });
  const app = createHttpApp({
    boundary,
    authenticate,
    events,
    door: 'local',
    readCredentials: readLocalCredentials,
    appVersion,
  });
  const server = createAdaptorServer({ fetch: app.fetch });

  /** What came due while nobody was there is decided about at once, before anything of it is sent. */
  function triageNow(): void {
    triaging = services.triage.runInParts().then(
      (counts) => {
        if (Object.values(counts).some((count) => count > 0))
          logger.info(counts, 'looked after what came due');
      },
      (error: unknown) => {
        // With a full disk the library must open all the same; each post's own workflow decides before it sends.
        logger.warn({ err: error }, 'could not look after what came due');
      },
    );
  }

  /** Where the credentials' key lies in a keyring that is locked, the system asks the person; nothing waits for that. */
  function openKeyring(): void {
    services.vault.loadAsking().then(
      () => events.announce({ type: 'changed', topics: ['accounts'] }),
      (error: unknown) => logger.warn({ err: error }, 'the keyring could not be looked into'),
    );
  }

  /** Their workflows know of things that a restored library does not: they read their posts again. */
  function tellOpenPosts(): void {
    database.transaction(() => {
      for (const postId of services.postQueries.listOpenPostIds()) services.outbox.add(postChanged(postId));
    });
  }

  function wakeEngine(): void {
    try {
      services.outbox.add(startWakeUp(services.now().toISOString()));
    } catch (error) {
      logger.warn({ err: error }, 'the work engine looks at the clock by itself, a little later');
    }
  }

  /** One after the other: two at once would arm the same work twice, which does no harm and costs twice. */
  let reconciling: Promise<unknown> = Promise.resolve();
  function reconcileNow(): Promise<void> {
    const next = reconciling.then(async () => {
      await reconcile({ services, engine, dispatcher, logger });
    });
    reconciling = next.catch((error: unknown) => {
      // With the engine gone again, its return is the next occasion.
      logger.warn({ err: error }, 'could not make sure that all work is armed');
    });
    return next;
  }
  const stopListening = engine.onReady(() => void reconcileNow().catch(() => undefined));

  try {
    await offerSample({ services, boundary, resourcesFolder: options.resourcesFolder, logger });
    await openLocalDoor(server, dataFolder.apiSocket);
  } catch (thrown) {
    forgetting.stop();
    await engine.close();
    endLogUpkeep();
    database.close();
    throw thrown;
  }
  await httpDoor.setOpen(settings.read().isHttpDoorOpen).catch((error: unknown) => {
    // Without this door everything else works; its state says that it is closed.
    logger.warn({ err: error }, 'the door for other programs cannot be opened');
  });
  const returning = watchForReturn({
    services,
    dispatcher,
    logger,
    everyMs: options.lookForReturnEveryMs,
  });
  const backups = keepBackups({ dataFolder, logger, readChangeMark: () => revisions.sum() });
  const sweeping = sweepRemovedMedia({
    assets: services.assets,
    audit: services.audit,
    dataFolder,
    logger,
  }).catch((error: unknown) => logger.warn({ err: error }, 'left-over files could not be deleted'));

  return {
    boundary,
    announceProcesses: events.announceProcesses,
    setTemporalAddress: (address) => engine.reconnect(address),
    reconnect() {
      triageNow();
      wakeEngine();
      engine.reconnect();
    },
    rearm: () => (engine.isReady() ? reconcileNow() : onceReady(engine.onReady).then(reconcileNow)),
    async stop() {
      stopListening();
      services.thinkCalls.stopAll();
      await services.answers.close();
      await services.meaning.close();
      events.close();
      await httpDoor.close();
      // Event streams would stay open for ever.
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      forgetting.stop();
      returning.stop();
      await backups.stop();
      await sweeping;
      await triaging;
      await dispatcher.close();
      await engine.close();
      endLogUpkeep();
      database.close();
    },
  };
}

function onceReady(onReady: (listener: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const stop = onReady(() => {
      stop();
      resolve();
    });
  });
}
