import { temporalNamespace } from '../../src-shared/domain/workflows.ts';
import { toSettingArguments } from './temporal-settings.ts';
import { temporalDatabaseName } from './temporal-store.ts';

/** Only programs of this computer reach the server. */
export const temporalHost = '127.0.0.1';

interface ServerWish {
  port: number;
  httpPort: number;
  metricsPort: number;
  logLevel: 'warn' | 'error';
}

/**
 * Temporal's server as the app runs it, and whoever measures or tests it: with its file in the folder that it is started
 * in, and nothing of what the person has configured for Temporal.
 */
export function toServerArguments(wish: ServerWish): string[] {
  const { port, httpPort, metricsPort, logLevel } = wish;
  // The file is for this server alone, and nothing acknowledged is lost in a power cut.
  const pragmas = ['journal_mode=wal', 'synchronous=full', 'locking_mode=exclusive'];
  return [
    ...['server', 'start-dev', '--headless', '--db-filename', temporalDatabaseName, '--ip', temporalHost],
    ...['--port', `${port}`, '--http-port', `${httpPort}`, '--metrics-port', `${metricsPort}`],
    ...['--namespace', temporalNamespace, '--log-format', 'json', '--log-level', logLevel],
    ...['--disable-config-file', '--disable-config-env'],
    ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
    ...toSettingArguments(),
  ];
}
