import { openDataFolder, resolveDataFolder, type DataFolder } from '../src-node/data-folder.ts';
import type { AppError } from '../src-shared/domain/errors.ts';
import { errorTitle, fromAppErrorDto, toAppError, type Result } from '../src-shared/domain/errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { openConnection, type Connection } from './host-services.ts';
import { createTerminal, type Terminal } from './terminal.ts';

export interface CommandContext {
  terminal: Terminal;
  dataFolder: DataFolder;
  programsFolder: string;
  /** Aborted by Ctrl+C. */
  signal: AbortSignal;
}

export type CommandWork = (context: CommandContext) => Promise<ExitCode>;

/** Runs one command to its exit code. Errors come out as sentences; the trace only for who asks for it. */
export async function runCommand(programsFolder: string, work: CommandWork): Promise<void> {
  const terminal = createTerminal();
  const interrupting = new AbortController();
  const onSignal = (): void => {
    // The second time nobody wants to wait for good order.
    if (interrupting.signal.aborted) process.exit(exitCodes.interrupted);
    interrupting.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const dataFolder = openDataFolder(resolveDataFolder());
    process.exitCode = await work({ terminal, dataFolder, programsFolder, signal: interrupting.signal });
  } catch (thrown) {
    process.exitCode = reportError(terminal, thrown);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** For commands that need the services: attaches or starts them, and ends what was started. */
export async function withConnection(
  context: CommandContext,
  work: (connection: Connection) => Promise<ExitCode>,
): Promise<ExitCode> {
  const connection = await openConnection(context);
  for (const line of connection.news) context.terminal.tell(line);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** The value of an answer. @throws AppError as the boundary answered */
export function unwrap<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw fromAppErrorDto(result.error);
}

export function reportError(terminal: Terminal, thrown: unknown): ExitCode {
  const error = toAppError(thrown);
  terminal.tell(`longhand: ${errorTitle(error.code)}. ${error.userMessage} [${error.code}]`);
  if (process.env['LONGHAND_DEBUG'] !== undefined) terminal.tell(describeTrace(thrown));
  return isUnavailable(error) ? exitCodes.unavailable : exitCodes.failed;
}

function describeTrace(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

function isUnavailable(error: AppError): boolean {
  return error.code === 'dependency.api-unavailable' || error.code === 'dependency.process-failed';
}
