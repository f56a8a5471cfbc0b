import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createSettingsRepository } from '../src-data/settings.ts';
import { connectToSupervisor } from '../src-node/child-lifecycle.ts';
import { openDataFolder, resolveDataFolder } from '../src-node/data-folder.ts';
import { createLocalApiClient } from '../src-node/local-api-client.ts';
import { createLocalModels } from '../src-node/models/local-models.ts';
import { createModelRuntime } from '../src-node/models/model-runtime.ts';
import { createLogger } from '../src-node/logger.ts';
import { childEnvironment } from '../src-node/supervisor-protocol.ts';
import { temporalNamespace } from '../src-shared/domain/workflows.ts';
import { createDependencies } from './activities/dependencies.ts';
import { endWork } from './activities/work-in-hand.ts';
import { createChatModelPort } from './adapters/pull-chat-model.ts';
import { createDescribePort } from './adapters/describe/describe-port.ts';
import { createBoundaryPort } from './boundary-port.ts';
import { createPublishingPort } from './compose-publishing.ts';
import { createMediaPort, createSpeechModelPort, createTranscriptionPort } from './compose-ports.ts';
import type { WorkflowSource } from './create-workers.ts';
import { watchForChatModel } from './describe-deferred.ts';
import { openMigratedDatabase } from './open-database.ts';
import { startWorking, type RunningWorkers } from './start-working.ts';
import { installTemporalRuntime } from './temporal-runtime.ts';

const dataFolder = openDataFolder(resolveDataFolder());
const logger = createLogger({ processName: 'worker', logsFolder: dataFolder.logsFolder });
const temporalAddress = process.env[childEnvironment.temporalAddress] ?? '127.0.0.1:7233';
const stopping = new AbortController();
let running: RunningWorkers | undefined;

/** Run backwards at the end. */
const closers: (() => Promise<void> | void)[] = [];

const supervisor = connectToSupervisor({
  logger,
  async onShutdown() {
    stopping.abort();
    await running?.stop();
    for (const close of closers.reverse()) await close();
  },
});

/** Where Ollama is, as the supervisor says; by hand, at its usual place. */
let ollamaAddress: string | null = supervisor.isSupervised ? null : 'http://127.0.0.1:11434';

async function main(): Promise<void> {
  installTemporalRuntime(logger);
  supervisor.reportStatus('Opening the library.');
  const database = await openMigratedDatabase(dataFolder.databaseFile, stopping.signal);
  closers.push(() => database.close());

  const client = createLocalApiClient({
    socketPath: dataFolder.apiSocket,
    timeoutMs: 10_000,
    door: 'worker',
    internalToken: process.env[childEnvironment.internalToken] ?? '',
  });
  closers.push(() => client.close());

  const settings = createSettingsRepository(database);
  const localModels = createLocalModels({
    runtime: createModelRuntime({
      readAddress: () => settings.read().ollamaAddress ?? ollamaAddress,
      keepAlive: '1m',
    }),
    readSettings: () => settings.read(),
  });
  const dependencies = createDependencies({
    database,
    dataFolder,
    logger,
    media: createMediaPort(),
    transcription: createTranscriptionPort(),
    speechModels: createSpeechModelPort(dataFolder),
    chatModels: createChatModelPort(localModels.runtime),
    chat: createDescribePort(localModels),
    boundary: createBoundaryPort(client),
    publishing: createPublishingPort({
      database,
      dataFolder,
      logger,
      runSecret: process.env[childEnvironment.internalToken],
    }),
  });

  supervisor.reportStatus('Waiting for the work engine.');
  running = await startWorking({
    address: temporalAddress,
    namespace: process.env[childEnvironment.temporalNamespace] ?? temporalNamespace,
    workflows: findWorkflows(),
    dependencies,
    signal: stopping.signal,
  });

  const deferred = watchForChatModel(dependencies);
  closers.push(() => deferred.stop());
  supervisor.onMessage((message) => {
    if (message.type === 'end-work') endWork(message.workflowId);
    if (message.type === 'ollama-address') ollamaAddress = message.address?.baseUrl ?? null;
    if (message.type === 'ollama-address' || message.type === 'resumed') void deferred.look();
    // Every connection and poller belongs to the old address: a new process is the simplest right answer.
    if (message.type === 'temporal-address' && message.address !== temporalAddress)
      supervisor.shutDown('asked');
  });
  void deferred.look();

  supervisor.reportStatus(null);
  supervisor.reportReady();
  logger.info('ready');
  await running.ended;
}

/** Built ahead in the app; from a source checkout, bundled at the start. */
function findWorkflows(): WorkflowSource {
  const given = process.env['LONGHAND_WORKFLOW_BUNDLE'];
  const beside = ['../workflow-bundle.js', '../../workflow-bundle.js'].map((path) =>
    join(import.meta.dirname, path),
  );
  const built = given === undefined ? beside : [given];
  const codePath = built.find((path) => existsSync(path));
  return codePath === undefined
    ? { workflowsPath: join(import.meta.dirname, 'workflows/index.ts') }
    : { workflowBundle: { codePath } };
}

main().catch((error: unknown) => {
  if (stopping.signal.aborted) return;
  logger.error({ err: error }, 'the worker cannot go on');
  supervisor.reportStatus('The worker stopped unexpectedly and is started again.');
  supervisor.shutDown('asked');
});
