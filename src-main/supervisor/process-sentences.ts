import { AppError } from '../../src-shared/domain/errors.ts';
import type { ProcessName } from '../../src-shared/domain/process-status.ts';
import type { ExitReport } from './running-child.ts';

const titles: Record<ProcessName, string> = {
  api: 'The library service',
  worker: 'The worker',
  temporal: 'The work engine',
  ollama: 'The local model runtime',
};

/**
 * Why a process ended that should run on, in words for the person.
 * @param report how it ended by itself; undefined where we had to end it or it never ran
 * @param error what went wrong in starting or watching it; undefined where it just ended
 */
export function describeExit(name: ProcessName, report: ExitReport | undefined, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const how = report === undefined ? describeError(error) : describeReport(report);
  return new AppError({
    code: 'dependency.process-failed',
    userMessage: `${titles[name]} ${how} and is being started again. Nothing saved is lost.`,
    retry: 'auto',
    details: { name, exitCode: report?.exitCode, signal: report?.signal, output: report?.outputTail },
    cause: error,
  });
}

/** What the person reads once a process is not started again by itself any more. */
export function describeGiveUp(name: ProcessName, last: string): string {
  return `${titles[name]} keeps stopping, so it is not started again by itself. Your library and everything scheduled are kept. Try again, and if that does not help, copy the diagnostics from Settings. Last: ${last}`;
}

function describeReport({ exitCode, signal }: ExitReport): string {
  return signal === null ? `ended with code ${exitCode ?? 0}` : `was ended by ${signal}`;
}

function describeError(error: unknown): string {
  return error instanceof Error ? `could not be used (${error.message})` : 'ended';
}
