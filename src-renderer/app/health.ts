import type { ProcessName, ProcessState, ProcessStatus } from '../../src-shared/domain/process-status.ts';

/** What a person knows each part by. */
export const processTitles: Record<ProcessName, string> = {
  api: 'Library',
  worker: 'Transcription',
  temporal: 'Work engine',
  ollama: 'Local model runtime',
};

export const processStateTitles: Record<ProcessState, string> = {
  stopped: 'Off',
  starting: 'Starting',
  ready: 'Ready',
  stopping: 'Stopping',
  failed: 'Stopped working',
};

export interface Health {
  level: 'ready' | 'starting' | 'broken';
  headline: string;
  /** True while nothing can be read; screens keep showing what they have. */
  isLibraryAway: boolean;
}

/** Sums up all parts in a few words. The model runtime is optional: only its own row speaks of it. */
export function summariseHealth(processes: readonly ProcessStatus[]): Health {
  const needed = processes.filter(({ name }) => name !== 'ollama');
  const api = needed.find(({ name }) => name === 'api');
  const isLibraryAway = api?.state !== 'ready';
  const broken = needed.filter(({ state, canRetry }) => state === 'failed' && canRetry);
  const [firstBroken] = broken;
  if (firstBroken !== undefined) {
    const headline =
      broken.length === 1 ? `${processTitles[firstBroken.name]} stopped` : `${broken.length} parts stopped`;
    return { level: 'broken', headline, isLibraryAway };
  }
  const waiting = needed.filter(({ state }) => state !== 'ready');
  if (waiting.length === 0 && api !== undefined) return { level: 'ready', headline: 'Ready', isLibraryAway };
  if (isLibraryAway) {
    const isAgain = (api?.restartCount ?? 0) > 0;
    return {
      level: 'starting',
      headline: isAgain ? 'Longhand is starting again' : 'Starting',
      isLibraryAway,
    };
  }
  const [firstWaiting] = waiting;
  const headline =
    waiting.length === 1 && firstWaiting !== undefined
      ? `${processTitles[firstWaiting.name]} is starting`
      : `${waiting.length} parts are starting`;
  return { level: 'starting', headline, isLibraryAway };
}
