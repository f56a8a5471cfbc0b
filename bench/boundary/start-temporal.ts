import { spawn } from 'node:child_process';
import { once } from 'node:events';
import getPort from 'get-port';
import { requireNativePart } from '../../src-node/native-parts.ts';
import { temporalHost, toServerArguments } from '../../src-main/supervisor/temporal-arguments.ts';

/** A Temporal server of its own, with the settings of the app. */
export async function startTemporal(
  folder: string,
): Promise<{ address: string; pid: number | undefined; stop: () => Promise<void> }> {
  const [port, httpPort, metricsPort] = [await getPort(), await getPort(), await getPort()];
  const child = spawn(
    requireNativePart('temporal').path,
    toServerArguments({ port, httpPort, metricsPort, logLevel: 'error' }),
    { cwd: folder, stdio: 'ignore' },
  );
  return {
    address: `${temporalHost}:${port}`,
    pid: child.pid,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
