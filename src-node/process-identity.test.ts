import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  isStillRunning,
  parseLinuxStat,
  readOwnIdentity,
  readProcessIdentity,
  signalProcess,
} from './process-identity.ts';

async function startSleeper() {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const identity = await readProcessIdentity(child.pid ?? 0);
  if (identity === undefined) throw new Error('the child has no identity');
  return { child, identity };
}

describe('process identity', () => {
  it('is the same each time it is read', async () => {
    expect(await readOwnIdentity()).toEqual(await readOwnIdentity());
    expect(await isStillRunning(await readOwnIdentity())).toBe(true);
  });

  it('ends with the process', async () => {
    const { child, identity } = await startSleeper();
    expect(await isStillRunning(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isStillRunning(identity)).toBe(false);
    expect(await signalProcess(identity, 'SIGTERM')).toBe(false);
  });

  it('keeps a signal from a stranger that has got the same pid', async () => {
    const { child, identity } = await startSleeper();
    const sent = await signalProcess({ ...identity, startMark: 'of an earlier process' }, 'SIGKILL');
    expect(sent).toBe(false);
    expect(await isStillRunning(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

describe('parseLinuxStat', () => {
  const rest = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20';

  it('finds the start time behind a name with brackets and spaces', () => {
    expect(parseLinuxStat(`42 (a) b) (c)) S ${rest}`, 'boot')).toBe('boot:4711');
  });

  it('counts a zombie as gone', () => {
    expect(parseLinuxStat(`42 (a) Z ${rest}`, 'boot')).toBeUndefined();
  });
});
