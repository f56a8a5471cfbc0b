import type { AppEvent } from '../src-shared/contract/events.ts';
import type { CommandClient } from '../src-shared/contract/registry.ts';
import type { Result } from '../src-shared/domain/errors.ts';
import type { ProcessName, ProcessStatus } from '../src-shared/domain/process-status.ts';

/** What the window needs of the services, whether this program runs them or another one does (`longhand serve`). */
export interface Services {
  readonly commands: CommandClient;
  /** True where the services belong to another program, which goes on when the window is closed. */
  readonly isAttached: boolean;
  readProcesses: () => ProcessStatus[];
  onProcesses: (listener: (processes: ProcessStatus[]) => void) => () => void;
  onEvent: (listener: (event: AppEvent) => void) => () => void;
  retryProcess: (name: ProcessName) => Promise<Result<null>>;
  /** Starts what a window can do without at first: the work engine, the worker, local models. */
  startRest: () => void;
  /** The computer woke up: timers may be late. */
  notifyResume: () => void;
  stop: () => Promise<void>;
}
