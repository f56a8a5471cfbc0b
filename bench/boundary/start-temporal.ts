import { spawn } from 'node:child_process';
import { once } from 'node:events';
import getPort from 'get-port';
import { requireNativePart } from '../../src-node/native-parts.ts';
import { toSettingArguments } from '../../src-main/supervisor/temporal-settings.ts';
import { temporalNamespace } from '../../src-shared/domain/workflows.ts';

/** A Temporal server of its own, with the settings of the app. */
export async function startTemporal(
  folder: string,
): Promise<{ address: string; pid: number | undefined; stop: () => Promise<void> }> {
  const [port, httpPort, metricsPort] = [await getPort(), await getPort(), await getPort()];
  const child = spawn(
    requireNativePart('temporal').path,
    [
      ...['server', 'start-dev', '--headless', '--db-filename', 'temporal.db', '--ip', '127.0.0.1'],
      ...['--port', `${port}`, '--http-port', `${httpPort}`, '--metrics-port', `${metricsPort}`],
      ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=full'],
      ...['--sqlite-pragma', 'locking_mode=exclusive', '--namespace', temporalNamespace],
      ...['--log-level', 'error', '--disable-config-file', '--disable-config-env'],
      ...toSettingArguments(),
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  return {
    address: `127.0.0.1:${port}`,
    pid: child.pid,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
