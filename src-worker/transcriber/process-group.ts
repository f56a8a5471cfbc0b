import { execFile } from 'node:child_process';

/** Whether {@link killProcessGroup} can work: on Windows there are no groups, and the tree is ended instead. */
export const hasProcessGroups = process.platform !== 'win32';

/** Ends a process that was started as the leader of its group, and all its descendants in that group, at once. */
export function killProcessGroup(leaderPid: number): void {
  if (!hasProcessGroups) {
    // It answers with an error where the process has ended already, which is what we want.
    execFile('taskkill', ['/pid', String(leaderPid), '/T', '/F'], () => undefined);
    return;
  }
  try {
    process.kill(-leaderPid, 'SIGKILL');
  } catch (error) {
    if (!isNoSuchProcess(error)) throw error;
  }
}

function isNoSuchProcess(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
