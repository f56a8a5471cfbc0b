import { appVersion } from '../../src-node/app-version.ts';
import { readInstanceHolder } from '../../src-node/instance-lock.ts';
import { createLocalApiClient } from '../../src-node/local-api-client.ts';
import type { CommandOutput } from '../../src-shared/contract/registry.ts';
import { processNameSchema, type ProcessStatus } from '../../src-shared/domain/process-status.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandContext, CommandWork } from '../run-command.ts';
import { formatBytes } from '../terminal.ts';

type Status = CommandOutput<'read-status'> & { isRunning: boolean };

/** Tells how the services are, and starts nothing. */
export function createStatusCommand(options: { json: boolean }): CommandWork {
  return async (context) => {
    const status = await readStatus(context);
    context.terminal.printResult(options.json ? JSON.stringify(status) : describe(status));
    return exitCodes.done;
  };
}

async function readStatus({ dataFolder }: CommandContext): Promise<Status> {
  const client = createLocalApiClient({ socketPath: dataFolder.apiSocket, door: 'command-line' });
  try {
    const answer = await client.commands.readStatus({});
    if (answer.ok) return { ...answer.value, isRunning: true };
  } finally {
    client.close();
  }
  const holder = await readInstanceHolder(dataFolder);
  return {
    version: holder?.version ?? appVersion,
    dataFolder: dataFolder.root,
    processes: processNameSchema.options.map((name) => unknownProcess(name, holder !== undefined)),
    pendingStartCount: 0,
    workInHandCount: 0,
    freeDiskBytes: null,
    isRunning: holder !== undefined,
  };
}

/** With the api down nobody else can be asked: the others may well run. */
function unknownProcess(name: ProcessStatus['name'], isRunning: boolean): ProcessStatus {
  return {
    name,
    state: isRunning ? 'starting' : 'stopped',
    pid: null,
    version: null,
    port: null,
    startedAt: null,
    restartCount: 0,
    message: isRunning ? 'Longhand is starting, or starting again.' : null,
    canRetry: false,
    isOurs: true,
  };
}

function describe(status: Status): string {
  const { dataFolder, processes, freeDiskBytes, isRunning } = status;
  const lines = processes.map(({ name, state, pid, version, port, message }) =>
    [
      name.padEnd(9),
      state.padEnd(9),
      pid === null ? '' : `pid ${pid}`,
      version ?? '',
      port === null ? '' : `port ${port}`,
      message ?? '',
    ]
      .filter((part) => part !== '')
      .join('  '),
  );
  return [
    `Longhand ${status.version}, ${isRunning ? 'running' : 'not running'}`,
    `data folder ${dataFolder}${freeDiskBytes === null ? '' : `, ${formatBytes(freeDiskBytes)} free`}`,
    ...lines,
    ...(isRunning
      ? [`${status.workInHandCount} with work in hand, ${status.pendingStartCount} not yet started`]
      : []),
  ].join('\n');
}
