import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TranscriptionRequest } from '../protocol.ts';

export type Victim = 'transcriber' | 'worker' | 'everything';

/** When to kill: once a file has so many lines, and a little later. */
export interface Kill {
  victim: Victim;
  watchedPath: string;
  atLine: number;
  plusMs: number;
}

export interface HostRun {
  request: TranscriptionRequest;
  /** Where the host saves, and from where it goes on. */
  savePath: string;
  transcriberPath: string;
  kill?: Kill | undefined;
}

/** Runs a transcription in a worker of its own, or goes on with it; kills at the given point, if it comes to that. */
export async function runHost(run: HostRun): Promise<{ isFinished: boolean; transcriberPid: number }> {
  const host = fork(
    join(import.meta.dirname, 'transcription-host.ts'),
    [JSON.stringify(run.request), run.savePath, run.transcriberPath],
    { execArgv: [], stdio: 'ignore' },
  );
  const ended = once(host, 'exit');
  const [transcriberPid] = (await once(host, 'message')) as [number];
  if (run.kill) {
    const { victim, watchedPath, atLine, plusMs } = run.kill;
    const stop = new AbortController();
    await Promise.race([ended, waitForLines(watchedPath, atLine, stop.signal).then(() => wait(plusMs))]);
    stop.abort();
    killNow(victim, host, transcriberPid);
  }
  const [exitCode] = (await ended) as [number | null];
  return { isFinished: exitCode === 0, transcriberPid };
}

/** The whole lines of a file that may not be there yet, or end in the middle of one. */
export async function readLines(path: string): Promise<string[]> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return content.split('\n').slice(0, -1);
}

async function waitForLines(path: string, lineCount: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await readLines(path)).length < lineCount) await wait(10);
}

function killNow(victim: Victim, host: ChildProcess, transcriberPid: number): void {
  if (victim !== 'worker') killIfRunning(transcriberPid);
  if (victim !== 'transcriber') host.kill('SIGKILL');
}

function killIfRunning(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
