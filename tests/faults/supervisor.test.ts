import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../src-node/data-folder.ts';
import { acquireInstanceLock, readInstanceHolder } from '../../src-node/instance-lock.ts';
import { resolveNativePart } from '../../src-node/native-parts.ts';
import { isStillRunning, readProcessIdentity } from '../../src-node/process-identity.ts';
import { killHard } from '../fixtures/kill-hard.ts';
import {
  allReady,
  byName,
  connectClient,
  createUsedLibrary,
  Host,
  listDescendants,
  pidOf,
  startSupervisor,
  until,
  waitUntilGone,
  watched,
} from './supervisor-harness.ts';

describe('kill -9', () => {
  it('of any child, in any order, twice in a row: it is back, and Temporal on the same port', async () => {
    const supervisor = startSupervisor(await createUsedLibrary());
    const first = await until(supervisor, allReady);
    const order = ['api', 'api', 'worker', 'worker', 'temporal', 'temporal', 'worker', 'api'] as const;
    for (const name of order) {
      const pid = pidOf(byName(supervisor.readProcesses())[name]);
      process.kill(pid, 'SIGKILL');
      await until(supervisor, (statuses) => allReady(statuses) && statuses[name].pid !== pid);
    }
    const last = byName(supervisor.readProcesses());
    expect(last.temporal.port).toBe(first.temporal.port);
    expect(watched.map((name) => last[name].restartCount)).toEqual([3, 3, 2]);
  });

  it('of all children at once: all are back, and what was begun goes on', async () => {
    const supervisor = startSupervisor(await createUsedLibrary());
    const before = await until(supervisor, allReady);
    for (const name of watched) process.kill(pidOf(before[name]), 'SIGKILL');
    const after = await until(
      supervisor,
      (statuses) => allReady(statuses) && watched.every((name) => statuses[name].pid !== before[name].pid),
    );
    const kept = await (await connectClient(after)).workflow.getHandle('before').describe();
    expect(kept.status.name).toBe('RUNNING');
  });

  it('of everything at once: the next start goes on with what was begun', async () => {
    const library = await createUsedLibrary();
    const first = new Host(library);
    await first.until(allReady);
    await first.killEverything();

    const statuses = await new Host(library).until(allReady);
    const kept = await (await connectClient(statuses)).workflow.getHandle('before').describe();
    expect(kept.status.name).toBe('RUNNING');
  });

  it('of the app alone: its children end by themselves, and the orphaned Temporal at the next start', async () => {
    const library = await createUsedLibrary();
    const first = new Host(library);
    const before = await first.until(allReady);
    const identities = await Promise.all(watched.map((name) => readProcessIdentity(pidOf(before[name]))));
    await first.kill();

    await new Host(library).until(allReady);
    for (const identity of identities) {
      if (identity === undefined) throw new Error('a child was gone before');
      await waitUntilGone(identity);
    }
  });
});

describe('an app that is killed and never started again', () => {
  it.runIf(process.platform === 'linux')('leaves nothing running, its servers included', async () => {
    const ollama = resolveNativePart('ollama', process.env)?.path ?? 'none';
    const host = new Host(await createUsedLibrary(), { LONGHAND_OLLAMA: ollama });
    await host.until(
      (statuses) => allReady(statuses) && (ollama === 'none' || statuses.ollama.state === 'ready'),
    );
    const left = await listDescendants(host.process.pid ?? 0);
    // Each of them has a guardian.
    expect(left.length).toBeGreaterThanOrEqual(2 * (ollama === 'none' ? 3 : 4));
    await host.kill();
    for (const identity of left) await waitUntilGone(identity);
  });

  it.runIf(process.platform === 'linux')('leaves not even a server that hangs', async () => {
    const host = new Host(await createUsedLibrary());
    const { temporal } = await host.until(allReady);
    const hanging = await readProcessIdentity(pidOf(temporal));
    process.kill(pidOf(temporal), 'SIGSTOP');
    await host.kill();
    if (hanging === undefined) throw new Error('Temporal is gone');
    await waitUntilGone(hanging);
  });
});

describe('an orphaned Temporal', () => {
  it('that was never recorded is found all the same', async () => {
    const library = await createUsedLibrary();
    const first = new Host(library);
    const before = await first.until(allReady);
    const orphan = await readProcessIdentity(pidOf(before.temporal));
    // A stopped one cannot end by itself when its output goes nowhere any more.
    process.kill(pidOf(before.temporal), 'SIGSTOP');
    // Its guardian would end it.
    const running = watched.map((name) => pidOf(before[name]));
    const others = await listDescendants(first.process.pid ?? 0);
    for (const { pid } of others) if (!running.includes(pid)) killHard(pid);
    await first.kill();
    rmSync(join(library.dataFolder.runFolder, 'processes'), { recursive: true });
    await new Host(library).until(allReady);
    expect(orphan !== undefined && (await isStillRunning(orphan))).toBe(false);
  });
});

describe('a second instance', () => {
  it('learns who holds the data folder, and takes it over once that one is gone', async () => {
    const library = await createUsedLibrary();
    const host = new Host(library);
    await host.until(allReady);
    const { dataFolder } = library;
    const refused = await acquireInstanceLock({ dataFolder, kind: 'headless', version: '1' });
    expect(refused).toMatchObject({
      outcome: 'held',
      holder: { kind: 'window', apiSocket: dataFolder.apiSocket, identity: { pid: host.process.pid } },
    });
    await host.killEverything();
    expect(await readInstanceHolder(dataFolder)).toBeUndefined();
    expect((await acquireInstanceLock({ dataFolder, kind: 'headless', version: '1' })).outcome).toBe(
      'acquired',
    );
  });
});

describe('a port in use', () => {
  it('that a stranger took while Temporal was down: another one, and api and worker learn of it', async () => {
    const supervisor = startSupervisor(await createUsedLibrary());
    const before = await until(supervisor, allReady);
    const pid = pidOf(before.temporal);
    const stranger = createServer();
    onTestFinished(() => {
      stranger.close();
    });
    process.kill(pid, 'SIGKILL');
    while (!stranger.listening) {
      stranger.listen(before.temporal.port ?? 0, '127.0.0.1');
      await Promise.race([once(stranger, 'listening'), once(stranger, 'error')]).catch(() => undefined);
    }
    const after = await until(
      supervisor,
      (statuses) =>
        allReady(statuses) && statuses.temporal.pid !== pid && statuses.worker.pid !== before.worker.pid,
    );
    expect(after.temporal.port).not.toBe(before.temporal.port);
    expect(after.api.pid).toBe(before.api.pid);
    expect(after.api.message).toContain(`127.0.0.1:${after.temporal.port ?? 0}`);
  });
});

describe('stopping', () => {
  it('ends the worker first and Temporal last, and starts nothing again', async () => {
    const supervisor = startSupervisor(await createUsedLibrary());
    await until(supervisor, allReady);
    const ended: string[] = [];
    supervisor.on('processes', (processes) => {
      for (const { name, state } of processes) {
        if (state === 'stopped' && name !== 'ollama' && !ended.includes(name)) ended.push(name);
      }
    });
    const stopped = supervisor.stop();
    supervisor.start();
    supervisor.retry('worker');
    await stopped;
    expect(ended).toEqual(['worker', 'api', 'temporal']);
    expect(supervisor.readProcesses().map(({ pid }) => pid)).toEqual([null, null, null, null]);
  });
});

describe('work that is cancelled', () => {
  it('is named to the worker by the api, so that it ends without the work engine', async () => {
    const supervisor = startSupervisor(await createUsedLibrary());
    await until(supervisor, allReady);
    // At this the stand-in for the api tells of a cancellation.
    supervisor.notifyResume();
    const { worker } = await until(
      supervisor,
      (statuses) => statuses.worker.message?.includes('end-work') === true,
    );
    expect(JSON.parse(worker.message ?? '')).toEqual({ type: 'end-work', workflowId: 'ingest:1' });
  });
});

describe('waking up', () => {
  it('is told to api, and a server that hangs since then is replaced', async () => {
    const supervisor = startSupervisor(await createUsedLibrary(), {
      aliveIntervalMs: 2_000,
      maxMissedAnswers: 3,
    });
    const { temporal } = await until(supervisor, allReady);
    process.kill(pidOf(temporal), 'SIGSTOP');
    supervisor.notifyResume();
    await until(supervisor, ({ api }) => api.message?.includes('resumed') === true);
    await until(supervisor, (statuses) => allReady(statuses) && statuses.temporal.pid !== temporal.pid);
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();

function tryMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-mount-'));
  try {
    mountSmallDisk(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    // A container may forbid it even to root; the tests that need it are then skipped.
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mountSmallDisk(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m,mode=700', 'tmpfs', folder], { stdio: 'ignore' });
}

function createSmallDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-disk-'));
  mountSmallDisk(folder);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function fillUp(disk: string): void {
  try {
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(40_000_000));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

// Needs to mount a small disk, which only root can.
describe.skipIf(!canMount)('a full disk', () => {
  it('is named before anything is started', () => {
    const disk = createSmallDisk();
    fillUp(disk);
    expect(() => openDataFolder(join(disk, 'library'))).toThrow(
      expect.objectContaining({ code: 'storage.disk-full', retry: 'user' }),
    );
  });

  it('keeps Temporal from starting and nothing else, and a retry helps once there is space', async () => {
    const disk = createSmallDisk();
    const library = await createUsedLibrary(disk);
    fillUp(disk);
    const supervisor = startSupervisor(library);
    const full = await until(supervisor, ({ temporal }) => temporal.state === 'failed');
    expect(full.temporal.message).toContain('is full');
    expect(full.temporal.canRetry).toBe(true);
    await until(supervisor, ({ api }) => api.state === 'ready');

    rmSync(join(disk, 'ballast'));
    supervisor.retry('temporal');
    await until(supervisor, allReady);
  });

  it('that fills up while Temporal runs costs nothing that was begun', async () => {
    const disk = createSmallDisk();
    const supervisor = startSupervisor(await createUsedLibrary(disk));
    const before = await until(supervisor, allReady);
    fillUp(disk);
    killHard(pidOf(before.temporal));
    await until(
      supervisor,
      ({ temporal }) => temporal.pid !== before.temporal.pid && temporal.state !== 'ready',
    );
    rmSync(join(disk, 'ballast'));
    supervisor.retry('temporal');
    const after = await until(
      supervisor,
      (statuses) => allReady(statuses) && statuses.temporal.pid !== before.temporal.pid,
    );
    const kept = await (await connectClient(after)).workflow.getHandle('before').describe();
    expect(kept.status.name).toBe('RUNNING');
  });
});
