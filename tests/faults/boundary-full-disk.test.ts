import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAuditRepository } from '../../src-data/audit.ts';
import { createCreditRepository } from '../../src-data/credits.ts';
import { createOutboxRepository } from '../../src-data/outbox.ts';
import { openDataFolder, readErrorCode } from '../../src-node/data-folder.ts';
import {
  codeOf,
  connectAgent,
  makeFolder,
  startTestApi,
  valueOf,
  writeRecording,
} from '../fixtures/api-harness.ts';

/** A container may forbid it even to root; then the test is skipped, and its report says so. */
function mountSmallDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = makeFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=700', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  // Lazily: the api closes its files in a later clean-up.
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if (readErrorCode(error) !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

describe('with the disk full', () => {
  it('a command is refused clearly and leaves nothing half-written, and a waiting approval goes on waiting', async ({
    skip,
  }) => {
    const disk = mountSmallDisk();
    if (disk === undefined) return skip('this machine does not let us mount a small disk');
    const api = await startTestApi({ dataFolder: openDataFolder(join(disk, 'data')) });
    const { commands } = api.client;
    const { accountId } = valueOf(await commands.connectManualAccount({ service: 'linkedin', handle: '@a' }));
    valueOf(await commands.setBudget({ unit: 'posts', period: 'month', limit: 1_000_000 }));
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const asked = valueOf(await connectAgent(api).commands.ingestMedia({ path }));
    const { approval } = valueOf(await commands.readApproval({ approvalId: asked.entityId }));
    const filler = join(disk, 'filler');
    fill(filler);

    let accepted = 0;
    let code = 'ok';
    while (code === 'ok') {
      const result = await commands.schedulePost({
        content: { parts: [{ text: `${accepted} ${'x'.repeat(2500)}` }] },
        targets: [{ accountId }],
        when: { kind: 'at', dueAt: '2090-01-02T10:00', zone: 'Europe/Berlin' },
      });
      code = codeOf(result);
      if (code === 'ok') accepted += 1;
    }
    expect(code).toBe('storage.disk-full');
    expect(valueOf(await commands.listPosts({ limit: 2000 })).posts).toHaveLength(accepted);
    expect(createCreditRepository(api.database).total('posts').reserved).toBe(accepted);
    const outbox = createOutboxRepository(api.database);
    expect(outbox.count()).toBe(accepted + 1);
    const { approvalId, contentHash } = approval;
    const decision = { approvalId, contentHash, decision: 'approve' } as const;
    expect(codeOf(await commands.decideApproval(decision))).toBe('storage.disk-full');
    expect(valueOf(await commands.readApproval({ approvalId })).approval.state).toBe('pending');

    rmSync(filler);
    expect(valueOf(await commands.decideApproval(decision)).approval.state).toBe('approved');
    const audit = createAuditRepository(api.database);
    expect(await audit.verify()).toMatchObject({ firstBrokenSequence: null });
    const done = audit.search({ command: 'schedule-post', onlyRefused: false, limit: 5000 });
    expect(done.filter(({ outcome }) => outcome === 'done')).toHaveLength(accepted);
  });
});
