import { readdir, readlink, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { readErrorCode } from '../../src-node/data-folder.ts';
import { readProcessIdentity, type ProcessIdentity } from '../../src-node/process-identity.ts';

/**
 * Processes that run this executable with their working folder at or below `folder`: servers of an earlier run that
 * were started, but not yet recorded, when that run was killed. Found on Linux only; elsewhere the answer is empty.
 */
export async function findStrayServers(executable: string, folder: string): Promise<ProcessIdentity[]> {
  if (process.platform !== 'linux') return [];
  const [file, place] = await Promise.all([realpath(executable), realpath(folder)]);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [exe, cwd] = await Promise.all([readLinkOf(pid, 'exe'), readLinkOf(pid, 'cwd')]);
      const isThere = cwd !== undefined && (cwd === place || cwd.startsWith(place + sep));
      return exe === file && isThere ? readProcessIdentity(Number(pid)) : undefined;
    }),
  );
  return found.filter((identity) => identity !== undefined);
}

async function readLinkOf(pid: string, name: 'exe' | 'cwd'): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/${name}`);
  } catch (error) {
    const code = readErrorCode(error);
    // Gone meanwhile, a kernel thread, or a process of another user: none of ours.
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return undefined;
    throw error;
  }
}
