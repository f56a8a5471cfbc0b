import { spawn } from 'node:child_process';

/**
 * Waits for the end of its input, which comes when the supervisor is gone, however it went. Then it ends the process
 * gently, after six seconds by force, and at last whatever is left in its group.
 */
const script = `
read -r nothing
kill -s TERM "$1"
tries=0
while [ "$tries" -lt 6 ] && kill -s 0 "$1"; do
  sleep 1
  tries=$((tries + 1))
done
kill -s KILL -- "-$1"`;

export interface Guardian {
  /** The process has ended: there is nothing to guard any more. */
  dismiss(): void;
}

/**
 * Sees to it that a process which leads its group does not outlive this one, even where this one is killed and never
 * started again: servers notice nothing of that by themselves. A shell, since it costs a thousandth of a Node. On
 * Windows the system does it: there a child that is not detached ends with its parent.
 */
export function guard(pid: number, onProblem: (error: Error) => void): Guardian {
  if (process.platform === 'win32') return { dismiss: () => undefined };
  const guardian = spawn('/bin/sh', ['-c', script, 'longhand-guardian', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    // What ends our own group must not end it, too.
    detached: true,
  });
  guardian.on('error', onProblem);
  guardian.stdin.on('error', onProblem);
  // Neither may keep this process alive.
  guardian.unref();
  return { dismiss: () => void guardian.kill('SIGKILL') };
}
