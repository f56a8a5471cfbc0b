import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { readErrorCode } from './data-folder.ts';

/**
 * A process that can be told from a later one with the same pid. `startMark` is only ever compared: on Linux the boot
 * id and the start time in clock ticks since boot, on macOS the start time in seconds as `ps` prints it, on Windows
 * the start time in 100 ns steps.
 */
export const processIdentitySchema = z.strictObject({
  pid: z.int().positive(),
  startMark: z.string().min(1),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

const run = promisify(execFile);

/** The identity of a living process, or undefined where there is none with that pid (a zombie counts as gone). */
export async function readProcessIdentity(pid: number): Promise<ProcessIdentity | undefined> {
  const startMark = await readStartMark(pid);
  return startMark === undefined ? undefined : { pid, startMark };
}

/** The identity of this process. */
export async function readOwnIdentity(): Promise<ProcessIdentity> {
  const identity = await readProcessIdentity(process.pid);
  if (identity === undefined) throw new Error('the system does not tell when this process started');
  return identity;
}

/** Whether exactly this process still runs. A system that gives no answer (process of another user) counts as yes. */
export async function isStillRunning(identity: ProcessIdentity): Promise<boolean> {
  const current = await readProcessIdentity(identity.pid);
  return current?.startMark === identity.startMark;
}

/**
 * Sends a signal to exactly this process: the pid alone could by now belong to a stranger.
 * @returns false where the process is gone, so that nothing was sent
 */
export async function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): Promise<boolean> {
  if (!(await isStillRunning(identity))) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch (error) {
    if (readErrorCode(error) === 'ESRCH') return false;
    throw error;
  }
}

async function readStartMark(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return readLinuxStartMark(pid);
  if (process.platform === 'win32') return readWindowsStartMark(pid);
  return readPsStartMark(pid);
}

async function readLinuxStartMark(pid: number): Promise<string | undefined> {
  try {
    const [stat, bootId] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    return parseLinuxStat(stat, bootId.trim());
  } catch (error) {
    const code = readErrorCode(error);
    // ESRCH: the process ended between open and read.
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** Reads state (field 3) and start time (field 22) of `/proc/<pid>/stat`; undefined for a zombie. */
export function parseLinuxStat(stat: string, bootId: string): string | undefined {
  // The second field is the program's name in brackets and may itself hold brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (startTicks === undefined || state === 'Z' || state === 'X') return undefined;
  return `${bootId}:${startTicks}`;
}

async function readPsStartMark(pid: number): Promise<string | undefined> {
  // A fixed locale, since the text is compared with one written by another start of the app.
  const output = await runOrUndefined('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { LC_ALL: 'C' });
  const match = /^\s*(\S+)\s+(.+?)\s*$/.exec(output ?? '');
  if (match?.[1] === undefined || match[2] === undefined || match[1].startsWith('Z')) return undefined;
  return match[2];
}

async function readWindowsStartMark(pid: number): Promise<string | undefined> {
  const script = `(Get-Process -Id ${pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()`;
  const output = await runOrUndefined(
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-Command', script],
    {},
  );
  return output?.trim();
}

/** The output of a program, or undefined where it says by its exit code that there is nothing. */
async function runOrUndefined(
  file: string,
  args: string[],
  env: Record<string, string>,
): Promise<string | undefined> {
  try {
    const { stdout } = await run(file, args, { env: { ...process.env, ...env }, timeout: 5000 });
    return stdout === '' ? undefined : stdout;
  } catch (error) {
    // A number is the exit code; a string (ENOENT) means that the program itself is missing.
    if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number') {
      return undefined;
    }
    throw error;
  }
}
