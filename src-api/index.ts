import { join } from 'node:path';
import { appVersion } from '../src-node/app-version.ts';
import { connectToSupervisor, type SupervisorNews } from '../src-node/child-lifecycle.ts';
import { openDataFolder, resolveDataFolder } from '../src-node/data-folder.ts';
import { createLogger } from '../src-node/logger.ts';
import { rereadZone } from '../src-node/reread-zone.ts';
import { childEnvironment } from '../src-node/supervisor-protocol.ts';
import { toAppError } from '../src-shared/domain/errors.ts';
import { temporalNamespace } from '../src-shared/domain/workflows.ts';
import { createProcessStates } from './process-states.ts';
import { startApi, type RunningApi } from './start-api.ts';

const dataFolder = openDataFolder(resolveDataFolder());
const logger = createLogger({ processName: 'api', logsFolder: dataFolder.logsFolder });
let running: RunningApi | undefined;

/** The system says nothing when its zone changes. */
const rereadZoneEveryMs = 60_000;

const supervisor = connectToSupervisor({
  logger,
  onShutdown: async () => {
    await running?.stop();
  },
});
const processes = createProcessStates(supervisor, { version: appVersion, startedAt: new Date() });

async function main(): Promise<void> {
  supervisor.reportStatus('Opening the library.');
  const api = await startApi({
    dataFolder,
    logger,
    appVersion,
    temporal: {
      address: process.env[childEnvironment.temporalAddress] ?? '127.0.0.1:7233',
      namespace: process.env[childEnvironment.temporalNamespace] ?? temporalNamespace,
    },
    internalToken: process.env[childEnvironment.internalToken],
    // The command line works on what it was given and on nothing else.
    resourcesFolder:
      process.env['LONGHAND_SAMPLE'] === 'none' ? undefined : process.env['LONGHAND_RESOURCES'],
    processes,
    commandLineProgram: join(import.meta.dirname, 'longhand.js'),
  });
  running = api;
  setInterval(rereadZone, rereadZoneEveryMs).unref();
  supervisor.onMessage((news) => follow(api, news));
  supervisor.reportStatus(null);
  supervisor.reportReady({ version: appVersion });
}

function follow(api: RunningApi, news: SupervisorNews): void {
  switch (news.type) {
    case 'processes': {
      const isTemporalNew = processes.update(news.processes);
      if (isTemporalNew) api.reconnect();
      api.announceProcesses(news.processes);
      break;
    }
    case 'temporal-address':
      api.setTemporalAddress(news.address);
      break;
    case 'temporal-rebuilt':
      logger.info(news, 'the work engine was made anew');
      api.rearm().then(
        () => supervisor.send({ type: 'temporal-rearmed', rebuildId: news.rebuildId }),
        (error: unknown) =>
          logger.warn({ err: error }, 'not everything was armed again; it is asked for again'),
      );
      break;
    case 'ollama-address':
      processes.updateOllama(news.address);
      break;
    case 'resumed':
      // Perhaps somewhere else.
      rereadZone();
      api.reconnect();
      break;
    case 'end-work':
      // For the worker.
      break;
  }
}

main().catch((thrown: unknown) => {
  const error = toAppError(thrown);
  logger.error({ err: thrown }, 'the api cannot start');
  supervisor.reportStatus(error.userMessage);
  if (!supervisor.isSupervised) process.stderr.write(`${error.userMessage}\n`);
  process.exitCode = 1;
  supervisor.shutDown('asked');
});
