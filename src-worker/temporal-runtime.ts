import {
  makeTelemetryFilterString,
  Runtime,
  type Logger as TemporalLogger,
  type LogLevel,
} from '@temporalio/worker';
import type { Logger } from '../src-node/logger.ts';

const levels = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>;

const heardFromNative = makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' });

/** Three of the four workers run activities only, on purpose. */
const expectedWarning = 'No workflows registered';

/**
 * Sets up Temporal's runtime, once per process and before anything else of it: its words go to our log from `warn` on,
 * and it leaves signals to us.
 */
export function installTemporalRuntime(logger: Logger): void {
  Runtime.install({
    logger: toTemporalLogger(logger.child({ part: 'temporal-sdk' })),
    shutdownSignals: [],
    // Nobody reads them here.
    workerHeartbeatInterval: 0,
    telemetryOptions: {
      // Its native part writes to our output, which the supervisor keeps: to have its words brought over here it would
      // look for them ten times a second.
      logging: { filter: logger.isLevelEnabled('warn') ? heardFromNative : 'OFF', console: {} },
    },
  });
}

function toTemporalLogger(logger: Logger): TemporalLogger {
  const write = (level: LogLevel, message: string, meta?: Record<string | symbol, unknown>): void => {
    if (message.startsWith(expectedWarning)) return;
    if (level === 'WARN' || level === 'ERROR') logger[levels[level]](meta ?? {}, message);
  };
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}
