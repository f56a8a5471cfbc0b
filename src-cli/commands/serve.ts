import { once } from 'node:events';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ProcessState, ProcessStatus } from '../../src-shared/domain/process-status.ts';
import { exitCodes } from '../exit-codes.ts';
import { hostServices } from '../host-services.ts';
import type { CommandWork } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';

/** Runs the services without a window until it is ended by a signal. */
export const serve: CommandWork = async (context) => {
  const { terminal, dataFolder, signal } = context;
  const services = await hostServices(context);
  if (services === undefined) {
    throw new AppError({
      code: 'storage.in-use',
      userMessage: `Another Longhand already works on ${dataFolder.root}. Nothing was started. Use that one, end it, or choose another folder with LONGHAND_HOME.`,
      retry: 'user',
    });
  }
  for (const line of services.news) terminal.tell(line);
  const tellChanges = createTeller(terminal);
  services.supervisor.on('processes', tellChanges);
  tellChanges(services.supervisor.readProcesses());
  terminal.tell(`Longhand serves ${dataFolder.root}. Stop it with Ctrl+C; work in hand goes on next time.`);
  if (!signal.aborted) await once(signal, 'abort');
  terminal.tell('Stopping.');
  await services.close();
  return exitCodes.done;
};

function createTeller(terminal: Terminal): (processes: readonly ProcessStatus[]) => void {
  const known = new Map<string, ProcessState>();
  return (processes) => {
    for (const { name, state, version, pid, message } of processes) {
      if (known.get(name) === state) continue;
      known.set(name, state);
      const facts = [version, pid === null ? null : `pid ${pid}`, message].filter((fact) => fact !== null);
      terminal.tell(`${name}: ${state}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`);
    }
  };
}
