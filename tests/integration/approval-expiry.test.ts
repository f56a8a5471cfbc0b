import { describe, expect, it, onTestFinished } from 'vitest';
import { createAuditRepository } from '../../src-data/audit.ts';
import { createCreditRepository } from '../../src-data/credits.ts';
import { createNoticeRepository } from '../../src-data/notices.ts';
import {
  connectAgent,
  makeFolder,
  startTestApi,
  untilTold,
  valueOf,
  writeRecording,
  type TestApi,
} from '../fixtures/api-harness.ts';
import { openHarness, until, type Harness } from '../fixtures/worker-harness.ts';

async function open(): Promise<Harness> {
  const harness = await openHarness();
  onTestFinished(() => harness.close());
  return harness;
}

async function ask(api: TestApi, name: string): Promise<string> {
  const path = writeRecording(makeFolder(), name);
  return valueOf(await connectAgent(api).commands.ingestMedia({ path })).entityId;
}

function stateOf({ database }: TestApi, approvalId: string): unknown {
  return database.sqlite.prepare('SELECT state FROM approval WHERE approval_id = ?').pluck().get(approvalId);
}

describe('the expiry of approvals', () => {
  it('is armed again from the database where the engine knows nothing of it, and tells its outcome (complaint 28)', async () => {
    const harness = await open();
    const { dataFolder, server, client } = harness;
    const first = await startTestApi({ dataFolder });
    const forgotten = await ask(first, 'a.mp4');
    const decided = await ask(first, 'b.mp4');
    // What the engine was to be told is lost with its file; the rows stay.
    first.database.sqlite.exec('DELETE FROM outbox');
    const soon = new Date(Date.now() + 2000).toISOString();
    first.database.sqlite
      .prepare('UPDATE approval SET expires_at = ? WHERE approval_id = ?')
      .run(soon, forgotten);
    await first.api.stop();

    const second = await startTestApi({ dataFolder, temporalAddress: server.address });
    await second.api.rearm();
    await harness.startWorkers();
    await until(() => stateOf(second, forgotten) === 'expired');
    const audit = createAuditRepository(second.database);
    expect(audit.search({ approvalId: forgotten, onlyRefused: false, limit: 1 })).toMatchObject([
      { principal: 'system', command: 'decide-approval', outcome: 'expired' },
    ]);
    expect(await audit.verify()).toMatchObject({ firstBrokenSequence: null });
    const notices = createNoticeRepository(second.database).list({ onlyUnread: true, limit: 10 });
    expect(notices.filter(({ kind }) => kind === 'approval-expired')).toHaveLength(1);
    expect(await client.workflow.getHandle(`approval:${forgotten}`).result()).toBe('expired');

    const { approval } = valueOf(await second.client.commands.readApproval({ approvalId: decided }));
    const { approvalId, contentHash } = approval;
    valueOf(await second.client.commands.decideApproval({ approvalId, contentHash, decision: 'reject' }));
    expect(await client.workflow.getHandle(`approval:${decided}`).result()).toBe('decided');
  });
});

describe('a reservation', () => {
  it('whose work ended without a word is released, and one whose work goes on stays', async () => {
    const { dataFolder, server } = await open();
    const api = await startTestApi({ dataFolder, temporalAddress: server.address });
    await api.api.rearm();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const { entityId, workflowId } = valueOf(await api.client.commands.ingestMedia({ path }));
    await untilTold(api);
    const credits = createCreditRepository(api.database);
    const spender = { principal: 'window', isAgent: false, cost: { unit: 'posts', amount: 1 } } as const;
    credits.reserve({ entityId: 'gone', workflowId: 'schedule-post:gone', ...spender });
    credits.reserve({ entityId, workflowId, ...spender });
    await api.api.rearm();
    expect(credits.listOpen().map((open) => open.entityId)).toEqual([entityId]);
    expect(credits.list({ entityId: 'gone', limit: 1 })).toMatchObject([
      { operation: 'release', note: 'Its work had ended without a word.' },
    ]);
  });

  it.for(['to-mark', 'needs-decision', 'unconfirmed'])(
    'of a post that is %s stays until the person has decided, though its workflow has ended',
    async (state) => {
      const { dataFolder, server, client } = await open();
      const {
        api,
        database,
        client: window,
      } = await startTestApi({
        dataFolder,
        temporalAddress: server.address,
      });
      await api.rearm();
      const { accountId } = valueOf(
        await window.commands.connectManualAccount({ service: 'x', handle: '@ana' }),
      );
      const { entityId, workflowId } = valueOf(
        await window.commands.schedulePost({
          content: { parts: [{ text: 'Rain on the roof' }] },
          targets: [{ accountId }],
          when: { kind: 'at', dueAt: new Date(Date.now() + 86_400_000).toISOString() },
        }),
      );
      await untilTold({ database });
      await client.workflow.getHandle(workflowId).terminate();
      database.sqlite.prepare('UPDATE post_target SET state = ?').run(state);
      await api.rearm();
      const openOnes = createCreditRepository(database).listOpen();
      expect(openOnes).toMatchObject([{ entityId, unit: 'posts', amount: 1 }]);
    },
  );
});
