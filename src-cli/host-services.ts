import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Supervisor } from '../src-main/supervisor/supervisor.ts';
import { appVersion } from '../src-node/app-version.ts';
import type { DataFolder } from '../src-node/data-folder.ts';
import { acquireInstanceLock, readInstanceHolder } from '../src-node/instance-lock.ts';
import { createLocalApiClient, type LocalApiClient } from '../src-node/local-api-client.ts';
import { createLogger } from '../src-node/logger.ts';
import { AppError } from '../src-shared/domain/errors.ts';
import type { ProcessStatus } from '../src-shared/domain/process-status.ts';

/** The services of a data folder, as one command uses them. */
export interface Connection {
  readonly client: LocalApiClient;
  /** True where another program runs the services: what was begun goes on without this command. */
  readonly isAttached: boolean;
  /** What the person should hear of before anything else: the library was restored just now. */
  readonly news: readonly string[];
  /** Ends what this command has started, and nothing else. */
  close: () => Promise<void>;
}

export interface HostedServices extends Connection {
  readonly supervisor: Supervisor;
}

export interface HostOptions {
  dataFolder: DataFolder;
  /** The folder of the built programs. */
  programsFolder: string;
}

const answerDeadlineMs = 60_000;
const lookEveryMs = 100;

/**
 * Attaches to the program that runs the services of this data folder, or runs them for as long as the command takes.
 * Returns once the api answers.
 * @throws AppError `dependency.process-failed`, `dependency.api-unavailable` or `storage.*`
 */
export async function openConnection(options: HostOptions): Promise<Connection> {
  const deadlineMs = performance.now() + answerDeadlineMs;
  for (;;) {
    const hosted = await hostServices(options);
    if (hosted !== undefined) return hosted;
    const client = createClient(options.dataFolder);
    if (await isAnswering(client, options.dataFolder, deadlineMs)) {
      return {
        client,
        isAttached: true,
        news: [],
        close: () => {
          client.close();
          return Promise.resolve();
        },
      };
    }
    // Whoever ran the services has ended meanwhile: now it may be our turn.
    client.close();
  }
}

/** Runs the services; undefined where another program does already. */
export async function hostServices(options: HostOptions): Promise<HostedServices | undefined> {
  const { dataFolder, programsFolder } = options;
  const outcome = await acquireInstanceLock({ dataFolder, kind: 'headless', version: appVersion });
  if (outcome.outcome === 'held') return undefined;
  const startedAt = new Date().toISOString();
  const supervisor = new Supervisor({
    dataFolder,
    logger: createLogger({ processName: 'headless', logsFolder: dataFolder.logsFolder }),
    programsFolder,
    appVersion,
    env: {
      ...process.env,
      LONGHAND_SAMPLE: 'none',
      LONGHAND_RESOURCES: process.env['LONGHAND_RESOURCES'] ?? findResources(programsFolder),
    },
  });
  const client = createClient(dataFolder);
  const close = async (): Promise<void> => {
    client.close();
    await supervisor.stop();
    await outcome.lock.release();
  };
  supervisor.start();
  try {
    await waitForOwnApi(client, supervisor);
    const news = await readNews(client, startedAt);
    return { client, supervisor, isAttached: false, news, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function readNews(client: LocalApiClient, since: string): Promise<string[]> {
  const result = await client.commands.listNotices({ onlyUnread: true });
  // The command itself will meet the error that this one met.
  if (!result.ok) return [];
  return result.value.notices
    .filter(({ kind, createdAt }) => kind === 'library-restored' && createdAt >= since)
    .map(({ title, body }) => `${title}. ${body}`);
}

function createClient(dataFolder: DataFolder): LocalApiClient {
  return createLocalApiClient({ socketPath: dataFolder.apiSocket, door: 'command-line' });
}

async function waitForOwnApi(client: LocalApiClient, supervisor: Supervisor): Promise<void> {
  const deadlineMs = performance.now() + answerDeadlineMs;
  while (!(await client.isAnswering())) {
    const api = supervisor.readProcesses().find(({ name }) => name === 'api');
    if (api !== undefined && hasGivenUp(api)) throw processFailed(api.message);
    if (performance.now() > deadlineMs) throw processFailed(api?.message ?? null);
    await delay(lookEveryMs);
  }
}

/** False where nobody runs the services any more. @throws AppError where they run and do not answer */
async function isAnswering(
  client: LocalApiClient,
  dataFolder: DataFolder,
  deadlineMs: number,
): Promise<boolean> {
  while (!(await client.isAnswering())) {
    if ((await readInstanceHolder(dataFolder)) === undefined) return false;
    if (performance.now() > deadlineMs) throw processFailed(null);
    await delay(lookEveryMs);
  }
  return true;
}

function hasGivenUp({ state, canRetry }: ProcessStatus): boolean {
  return state === 'failed' && canRetry;
}

function processFailed(message: string | null): AppError {
  return new AppError({
    code: 'dependency.process-failed',
    userMessage: `Longhand’s services do not start.${message === null ? '' : ` ${message}`} Nothing was changed. Look at the logs, or run \`npm run doctor\`.`,
    retry: 'user',
  });
}

/** Beside the built programs: in a checkout, and in the installed app. */
function findResources(programsFolder: string): string | undefined {
  const candidates = [join(programsFolder, '..', '..', 'resources'), join(programsFolder, '..', '..', '..')];
  return candidates.find((folder) => existsSync(join(folder, 'sample-jfk.flac')));
}
