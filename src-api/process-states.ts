import type { SupervisorConnection } from '../src-node/child-lifecycle.ts';
import type { OllamaAddress } from '../src-node/supervisor-protocol.ts';
import type { ProcessStatus } from '../src-shared/domain/process-status.ts';
import type { ProcessesPort } from './commands/services.ts';

/** What the api knows of the processes around it, from the supervisor's messages. */
export interface ProcessStates extends ProcessesPort {
  /** Returns whether Temporal is another process than before, and ready: connections to the former one are dead. */
  update: (processes: ProcessStatus[]) => boolean;
  updateOllama: (address: OllamaAddress) => void;
  readOllamaAddress: () => string | null;
  /** Whether a model runtime is looked for or coming up, so that there may be an address in a moment. */
  isOllamaOnItsWay: () => boolean;
}

export function createProcessStates(
  supervisor: Pick<SupervisorConnection, 'send' | 'isSupervised'>,
  self: { version: string; startedAt: Date },
): ProcessStates {
  let ollama: OllamaAddress = null;
  let temporalPid: number | null | undefined;
  let processes: ProcessStatus[] = [
    {
      name: 'api',
      state: 'ready',
      pid: process.pid,
      version: self.version,
      port: null,
      startedAt: self.startedAt.toISOString(),
      restartCount: 0,
      message: supervisor.isSupervised ? null : 'Started by hand, without the other processes.',
      canRetry: false,
      isOurs: true,
    },
  ];
  return {
    read: () => processes,
    retry: (name) => supervisor.send({ type: 'retry-process', name }),
    setOllamaAddress: (baseUrl) => supervisor.send({ type: 'ollama-setting', baseUrl }),
    endWork: (workflowId) => supervisor.send({ type: 'end-work', workflowId }),
    update(present) {
      processes = present;
      const temporal = present.find(({ name, state }) => name === 'temporal' && state === 'ready');
      if (temporal === undefined || temporal.pid === temporalPid) return false;
      const isFirst = temporalPid === undefined;
      temporalPid = temporal.pid;
      return !isFirst;
    },
    updateOllama(address) {
      ollama = address;
    },
    readOllamaAddress: () => ollama?.baseUrl ?? null,
    isOllamaOnItsWay() {
      const told = processes.find(({ name }) => name === 'ollama');
      // What is not told of yet is told of in a moment.
      return supervisor.isSupervised && (told === undefined || told.state === 'starting');
    },
  };
}
