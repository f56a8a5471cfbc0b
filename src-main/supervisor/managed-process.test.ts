import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ProcessStatus } from '../../src-shared/domain/process-status.ts';
import { openDataFolder, type DataFolder } from '../../src-node/data-folder.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { isStillRunning, readProcessIdentity } from '../../src-node/process-identity.ts';
import { ManagedProcess, type ManagedProcessOptions } from './managed-process.ts';
import type { ProcessKind } from './process-kind.ts';
import { defaultRestartPolicy } from './restart-policy.ts';
import type { LaunchPlan } from './running-child.ts';

let dataFolder: DataFolder;
const managed: ManagedProcess[] = [];

beforeEach(() => {
  dataFolder = openDataFolder(mkdtempSync(join(tmpdir(), 'longhand-managed-')));
});

afterEach(async () => {
  await Promise.all(managed.splice(0).map((process) => process.stop()));
  rmSync(dataFolder.root, { recursive: true, force: true });
});

const obedient = `
process.on('message', (message) => {
  if (message.type === 'ping') process.send({ type: 'pong', sequence: message.sequence });
  if (message.type === 'shutdown') process.exit(0);
});
process.send({ type: 'ready', details: { version: '7' } });`;

/** A process that runs `script`; each test writes its own. */
function manage(
  script: string,
  options: Partial<ManagedProcessOptions> = {},
  kind: Partial<ProcessKind> = {},
): ManagedProcess {
  const file = join(dataFolder.scratchFolder, 'child.cjs');
  writeFileSync(file, script);
  const plan: LaunchPlan = {
    file: process.execPath,
    args: [file],
    cwd: dataFolder.root,
    env: { PATH: process.env['PATH'] ?? '', LONGHAND_TEST: 'handed over' },
    usesIpc: true,
    version: '1',
    port: 4711,
  };
  const created = new ManagedProcess({
    kind: { name: 'worker', prepare: () => Promise.resolve(plan), ...kind },
    dataFolder,
    logger: createSilentLogger(),
    outputLogger: createSilentLogger(),
    restartPolicy: { ...defaultRestartPolicy, firstDelayMs: 1, maxDelayMs: 5 },
    ...options,
    timing: { messageGraceMs: 300, terminateGraceMs: 300, ...options.timing },
  });
  managed.push(created);
  return created;
}

/** Resolves with the first status that fits, the present one included. */
async function until(
  managedProcess: ManagedProcess,
  fits: (status: ProcessStatus) => boolean,
): Promise<ProcessStatus> {
  if (fits(managedProcess.status)) return managedProcess.status;
  return new Promise((resolve) => {
    const listen = (status: ProcessStatus): void => {
      if (!fits(status)) return;
      managedProcess.off('change', listen);
      resolve(status);
    };
    managedProcess.on('change', listen);
  });
}

const isReady = (status: ProcessStatus): boolean => status.state === 'ready';
const pidOf = ({ pid }: ProcessStatus): number => {
  if (pid === null) throw new Error('there is no process');
  return pid;
};

describe('a managed process', () => {
  it('goes from stopped over starting to ready, and back', async () => {
    const states: string[] = [];
    const subject = manage(obedient);
    subject.on('change', ({ state }) => {
      if (states.at(-1) !== state) states.push(state);
    });
    subject.start();
    expect(await until(subject, isReady)).toMatchObject({
      version: '7',
      port: 4711,
      restartCount: 0,
      isOurs: true,
    });
    const identity = await readProcessIdentity(pidOf(subject.status));
    await subject.stop();
    expect(states).toEqual(['starting', 'ready', 'stopping', 'stopped']);
    expect(identity !== undefined && (await isStillRunning(identity))).toBe(false);
    expect(subject.status).toMatchObject({ pid: null, message: null });
  });

  it('hands over only the environment it was given', async () => {
    const output = join(dataFolder.root, 'env.json');
    const subject = manage(
      `require('fs').writeFileSync(${JSON.stringify(output)}, JSON.stringify(process.env));${obedient}`,
    );
    subject.start();
    await until(subject, isReady);
    const env = JSON.parse(readFileSync(output, 'utf8')) as Record<string, string>;
    expect(Object.keys(env).sort()).toEqual(['LONGHAND_TEST', 'PATH']);
  });

  it('is back after kill -9, twice in a row', async () => {
    const subject = manage(obedient);
    subject.start();
    for (const restartCount of [1, 2]) {
      const pid = pidOf(await until(subject, isReady));
      process.kill(pid, 'SIGKILL');
      const status = await until(subject, (next) => isReady(next) && next.pid !== pid);
      expect(status.restartCount).toBe(restartCount);
    }
  });

  it('is started again when it stops answering', async () => {
    const subject = manage(obedient, { timing: { aliveIntervalMs: 500, maxMissedAnswers: 4 } });
    subject.start();
    const pid = pidOf(await until(subject, isReady));
    process.kill(pid, 'SIGSTOP');
    const status = await until(subject, (next) => isReady(next) && next.pid !== pid);
    expect(status.restartCount).toBe(1);
  });

  it('gives up on what never becomes ready, and tries again when it is told to', async () => {
    const subject = manage('process.exit(3)');
    subject.start();
    const failed = await until(subject, ({ state }) => state === 'failed');
    expect(failed).toMatchObject({ canRetry: true, pid: null });
    expect(failed.message).toContain('ended with code 3');
    expect(failed.restartCount).toBe(defaultRestartPolicy.maxFailedStarts);

    writeFileSync(join(dataFolder.scratchFolder, 'child.cjs'), obedient);
    subject.retry();
    expect(await until(subject, isReady)).toMatchObject({ canRetry: false, message: null });
  });

  it('tries again by itself some time after it was given up', async () => {
    const restartPolicy = { ...defaultRestartPolicy, maxFailedStarts: 1, retryAfterGiveUpMs: 20 };
    const subject = manage('process.exit(3)', { restartPolicy });
    subject.start();
    await until(subject, ({ state }) => state === 'failed');
    writeFileSync(join(dataFolder.scratchFolder, 'child.cjs'), obedient);
    await until(subject, isReady);
  });

  it('gives up at once where only the person can help', async () => {
    const refusal = new AppError({ code: 'dependency.missing', userMessage: 'Fetch it.', retry: 'user' });
    const subject = manage(obedient, {}, { prepare: () => Promise.reject(refusal) });
    subject.start();
    const failed = await until(subject, ({ state }) => state === 'failed');
    expect(failed).toMatchObject({ message: 'Fetch it.', restartCount: 1, canRetry: true });
  });

  it('gives up at once on a child that says so, in the words of the child', async () => {
    const error = { code: 'storage.database-too-new', userMessage: 'Update Longhand.', retry: 'never' };
    const subject = manage(
      `process.send({ type: 'failed', error: ${JSON.stringify(error)} }, () => process.exit(1));`,
    );
    subject.start();
    const failed = await until(subject, ({ state }) => state === 'failed');
    expect(failed).toMatchObject({ message: 'Update Longhand.', restartCount: 1 });
  });

  it('gives up where the program does not exist', async () => {
    const plan = {
      file: '/no/such/program',
      args: [],
      cwd: '/',
      env: {},
      usesIpc: false,
      version: null,
      port: null,
    };
    const subject = manage('', {}, { prepare: () => Promise.resolve(plan) });
    subject.start();
    const failed = await until(subject, ({ state }) => state === 'failed');
    expect(failed.message).toContain('ENOENT');
  });

  it('is killed where it is not ready in time', async () => {
    const subject = manage('setInterval(() => {}, 1000)', { timing: { readyDeadlineMs: 100 } });
    subject.start();
    const { pid } = await until(subject, (status) => status.pid !== null);
    const next = await until(subject, (status) => status.restartCount === 1);
    expect(next.message).toBe(null);
    expect(await readProcessIdentity(pid ?? 0)).toBeUndefined();
  });

  it('is ended by force where it heeds neither message nor SIGTERM', async () => {
    const subject = manage(
      `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.send({ type: 'ready', details: {} })`,
    );
    subject.start();
    const pid = pidOf(await until(subject, isReady));
    await subject.stop();
    expect(await readProcessIdentity(pid)).toBeUndefined();
  });

  it('takes along what it has started when it is killed', async () => {
    const output = join(dataFolder.root, 'grandchild');
    const subject = manage(
      `const { spawn } = require('child_process');
      const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      require('fs').writeFileSync(${JSON.stringify(output)}, String(grandchild.pid));${obedient}`,
    );
    subject.start();
    const pid = pidOf(await until(subject, isReady));
    const grandchild = await readProcessIdentity(Number(readFileSync(output, 'utf8')));
    expect(grandchild).toBeDefined();
    process.kill(pid, 'SIGKILL');
    await until(subject, (status) => isReady(status) && status.pid !== pid);
    expect(grandchild !== undefined && (await isStillRunning(grandchild))).toBe(false);
  });

  it('can be stopped while it waits in its preparation', async () => {
    const waits = (signal: AbortSignal): Promise<LaunchPlan> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const subject = manage(obedient, {}, { prepare: waits });
    subject.start();
    await until(subject, ({ state }) => state === 'starting');
    await subject.stop();
    expect(subject.status).toMatchObject({ state: 'stopped', restartCount: 0 });
  });

  it('restarts on demand without counting it as a failure of its own', async () => {
    const subject = manage(obedient);
    subject.start();
    const pid = pidOf(await until(subject, isReady));
    subject.restart();
    await until(subject, (status) => isReady(status) && status.pid !== pid);
  });

  it('shows what the child says about itself and passes its messages on', async () => {
    const subject = manage(
      `process.send({ type: 'status', message: 'Opening the library.' });
      process.on('message', (message) => {
        if (message.type === 'resumed') process.send({ type: 'retry-process', name: 'ollama' });
      });${obedient}`,
    );
    subject.start();
    await until(subject, ({ message }) => message === 'Opening the library.');
    await until(subject, isReady);
    const heard = once(subject, 'message');
    subject.send({ type: 'resumed' });
    expect(await heard).toEqual([{ type: 'retry-process', name: 'ollama' }]);
  });

  it('ends what an earlier run left behind before it starts', async () => {
    const first = manage(obedient);
    first.start();
    const orphan = await readProcessIdentity(pidOf(await until(first, isReady)));
    // As after a crash of the supervisor: the process runs and its record is there.
    const second = manage(obedient);
    second.start();
    await until(second, isReady);
    expect(orphan !== undefined && (await isStillRunning(orphan))).toBe(false);
  });
});
