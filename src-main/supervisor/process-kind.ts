import type { ProcessName } from '../../src-shared/domain/process-status.ts';
import type { ReadyDetails } from '../../src-node/supervisor-protocol.ts';
import type { ExitReport, GracefulStopTiming, LaunchPlan } from './running-child.ts';

export interface ProcessTiming extends GracefulStopTiming {
  readyDeadlineMs: number;
  /** How often a ready process is asked whether it still answers. */
  aliveIntervalMs: number;
  /** Unanswered questions in a row after which it is held to hang and is started again. */
  maxMissedAnswers: number;
}

export const defaultTiming: ProcessTiming = {
  readyDeadlineMs: 60_000,
  messageGraceMs: 6000,
  terminateGraceMs: 3000,
  aliveIntervalMs: 5000,
  maxMissedAnswers: 6,
};

/** What makes one kind of process different from the others. */
export interface ProcessKind {
  readonly name: ProcessName;
  /**
   * Everything that must be settled before a start: free port, files. May wait (for Temporal, for instance) as long
   * as it heeds the signal. An AppError whose retry is not `auto` ends the tries at once.
   */
  prepare(signal: AbortSignal, reportStatus: (message: string | null) => void): Promise<LaunchPlan>;
  /** Resolves once the process can be used. Left out: its `ready` message counts. */
  waitUntilReady?(plan: LaunchPlan, signal: AbortSignal): Promise<ReadyDetails>;
  /** Rejects where the process does not answer. Left out: the IPC channel is asked. */
  checkAlive?(plan: LaunchPlan, signal: AbortSignal): Promise<void>;
  /** Hears every line of output, before it is logged. */
  onLine?(line: string): void;
  /** Hears of every end that was not asked for, before the next `prepare`. */
  onUnexpectedExit?(report: ExitReport): void;
}
