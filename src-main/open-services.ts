import type { CommandClient } from '../src-shared/contract/registry.ts';
import type { ProcessName, ProcessStatus } from '../src-shared/domain/process-status.ts';
import type { DataFolder } from '../src-node/data-folder.ts';
import { acquireInstanceLock, type InstanceLock } from '../src-node/instance-lock.ts';
import { createLocalApiClient, type LocalApiClient } from '../src-node/local-api-client.ts';
import type { Logger } from '../src-node/logger.ts';
import type { Services } from './services.ts';
import { Supervisor } from './supervisor/supervisor.ts';

export interface OpenServicesOptions {
  dataFolder: DataFolder;
  logger: Logger;
  version: string;
  /** The folder with the built programs, outside of any ASAR. */
  programsFolder: string;
  /** Sample, icons and, in the installed app, native parts. */
  resourcesFolder: string;
}

/**
 * Runs the services of the data folder, or becomes a client of the program that already does (`longhand serve`).
 * Returns as soon as the api is being started: nothing waits for it, and the rest follows when the caller says so.
 */
export async function openServices(options: OpenServicesOptions): Promise<Services> {
  const { dataFolder, logger, version } = options;
  const outcome = await acquireInstanceLock({ dataFolder, kind: 'window', version });
  const client = createLocalApiClient({ socketPath: dataFolder.apiSocket, door: 'window' });
  if (outcome.outcome === 'acquired') return hostServices(options, client, outcome.lock);
  logger.info({ holder: outcome.holder }, 'the services belong to another program: attached to them');
  return attachToServices(client);
}

function hostServices(options: OpenServicesOptions, client: LocalApiClient, lock: InstanceLock): Services {
  const { dataFolder, logger, version, programsFolder, resourcesFolder } = options;
  const supervisor = new Supervisor({
    dataFolder,
    logger,
    programsFolder,
    appVersion: version,
    env: { ...process.env, LONGHAND_RESOURCES: resourcesFolder },
  });
  supervisor.startApi();
  return {
    commands: holdWhileStarting(client.commands, createApiGate(supervisor)),
    isAttached: false,
    readProcesses: () => supervisor.readProcesses(),
    onProcesses: (listener) => {
      supervisor.on('processes', listener);
      return () => supervisor.off('processes', listener);
    },
    onEvent: (listener) => client.onEvent(listener),
    retryProcess: (name: ProcessName) => {
      supervisor.retry(name);
      return Promise.resolve({ ok: true, value: null });
    },
    startRest: () => supervisor.startRest(),
    notifyResume: () => supervisor.notifyResume(),
    stop: async () => {
      client.close();
      await supervisor.stop();
      await lock.release();
    },
  };
}

/** Longer than the api takes to start or to come back; after that the window says that it cannot be reached. */
const mostHeldMs = 15_000;

/** What the person does while the api is starting is done a moment later, instead of failing. */
function holdWhileStarting(commands: CommandClient, whenReady: () => Promise<void>): CommandClient {
  return Object.fromEntries(
    Object.entries(commands).map(([name, call]: [string, (...given: never[]) => Promise<unknown>]) => [
      name,
      async (...given: never[]) => {
        await whenReady();
        return call(...given);
      },
    ]),
  ) as CommandClient;
}

/**
 * Makes a function that resolves once the api has started, or was given up, and at the latest after
 * {@link mostHeldMs}. All calls that wait share one listener.
 */
function createApiGate(supervisor: Supervisor): () => Promise<void> {
  const isStarting = (): boolean =>
    supervisor.readProcesses().some(({ name, state }) => name === 'api' && state === 'starting');
  let opening: Promise<void> | undefined;
  const waitUntilStarted = (): Promise<void> =>
    new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        supervisor.off('processes', check);
        opening = undefined;
        resolve();
      };
      const check = (): void => {
        if (!isStarting()) finish();
      };
      const timer = setTimeout(finish, mostHeldMs);
      supervisor.on('processes', check);
    });
  return () => {
    if (!isStarting()) return Promise.resolve();
    opening ??= waitUntilStarted();
    return opening;
  };
}

/** The states then come from the api process alone; while it is down nothing else is known. */
function attachToServices(client: LocalApiClient): Services {
  let processes: ProcessStatus[] = [];
  client.onEvent((event) => {
    if (event.type === 'processes') processes = event.processes;
  });
  return {
    commands: client.commands,
    isAttached: true,
    readProcesses: () => processes,
    onProcesses: (listener) =>
      client.onEvent((event) => {
        if (event.type === 'processes') listener(event.processes);
      }),
    onEvent: (listener) => client.onEvent(listener),
    retryProcess: async (name: ProcessName) => {
      const result = await client.commands.retryProcess({ name });
      return result.ok ? { ok: true, value: null } : result;
    },
    // The program that runs them hears of it by its own clock.
    startRest: () => undefined,
    notifyResume: () => undefined,
    stop: () => {
      client.close();
      return Promise.resolve();
    },
  };
}
