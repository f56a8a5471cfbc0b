import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAssetRepository } from '../../src-data/assets.ts';
import { createAuditRepository } from '../../src-data/audit.ts';
import { createOutboxRepository } from '../../src-data/outbox.ts';
import type { DurableToolResult } from '../../src-shared/contract/define-command.ts';
import type { Approval } from '../../src-shared/domain/approval.ts';
import type { Result } from '../../src-shared/domain/errors.ts';
import {
  codeOf,
  connectAgent,
  finish,
  ingest,
  makeFolder,
  outboxOf,
  startTestApi,
  valueOf,
  writeRecording,
  type TestApi,
} from '../fixtures/api-harness.ts';

/** What waits, newest first. */
async function listWaiting({ client }: TestApi): Promise<Approval[]> {
  return valueOf(await client.commands.listApprovals({ states: ['pending'] })).approvals;
}

async function askToIngest(api: TestApi, path: string): Promise<Approval> {
  const asked = valueOf(await connectAgent(api).commands.ingestMedia({ path }));
  return valueOf(await api.client.commands.readApproval({ approvalId: asked.entityId })).approval;
}

function decide(
  { client }: TestApi,
  { approvalId, contentHash }: Approval,
  decision: 'approve' | 'reject' = 'approve',
): Promise<Result<{ approval: Approval }>> {
  return client.commands.decideApproval({ approvalId, contentHash, decision });
}

const countAssets = (api: TestApi): number =>
  createAssetRepository(api.database).listByStatus('ingesting').length;

describe('an agent that asks for work', () => {
  it('waits: nothing is done, and the creator reads exactly what would happen', async () => {
    const api = await startTestApi();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const answer = valueOf(await connectAgent(api).commands.ingestMedia({ path }));
    expect(answer).toMatchObject({
      status: 'accepted',
      workflowId: `approval:${answer.entityId}`,
      message: 'Waits for your approval: Ingest a media file.',
    });
    expect(countAssets(api)).toBe(0);
    expect(outboxOf(api, answer.workflowId)).toEqual(['start']);
    const [approval] = await listWaiting(api);
    expect(approval).toMatchObject({
      command: 'ingest-media',
      principal: 'mcp',
      principalLabel: 'A program over MCP',
      door: 'local',
      state: 'pending',
      result: null,
    });
    expect(approval?.preview).toMatchObject({
      title: 'Ingest a media file',
      lines: expect.arrayContaining([{ label: 'Path', value: path }]) as unknown,
    });
    const notices = valueOf(await api.client.commands.listNotices({}));
    expect(notices.notices[0]).toMatchObject({ kind: 'approval-waiting', target: { screen: 'approvals' } });
  });

  it('is refused at once where the work could never be done', async () => {
    const api = await startTestApi();
    const asked = await connectAgent(api).commands.ingestMedia({ path: '/nowhere/talk.mp4' });
    expect(codeOf(asked)).toBe('input.not-found');
    expect(await listWaiting(api)).toEqual([]);
  });

  it('asks once for the same thing, with or without a key', async () => {
    const api = await startTestApi();
    const agent = connectAgent(api);
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => agent.commands.ingestMedia({ path })),
      ...Array.from({ length: 10 }, () => agent.commands.ingestMedia({ path }, { idempotencyKey: 'k' })),
    ]);
    expect(new Set(answers.map((answer) => valueOf(answer).entityId)).size).toBe(1);
    expect(await listWaiting(api)).toHaveLength(1);
    const other = await agent.commands.ingestMedia({ path, storage: 'copy' }, { idempotencyKey: 'k' });
    expect(codeOf(other)).toBe('input.conflict');
  });

  it('may look at its own request, and neither decide nor see those of others', async () => {
    const api = await startTestApi();
    const approval = await askToIngest(api, writeRecording(makeFolder(), 'talk.mp4'));
    const agent = connectAgent(api);
    expect(valueOf(await agent.commands.listApprovals({})).approvals).toHaveLength(1);
    const { approvalId, contentHash } = approval;
    const decided = await agent.commands.decideApproval({ approvalId, contentHash, decision: 'approve' });
    expect(codeOf(decided)).toBe('input.not-allowed');
    const { secret } = valueOf(await api.client.commands.createToken({ name: 'Other', scopes: ['think'] }));
    const credentials = { kind: 'token', token: secret ?? '' } as const;
    const { boundary } = api.api;
    const seen = await boundary.execute(credentials, 'http', 'read-approval', { approvalId });
    expect(codeOf(seen)).toBe('input.not-found');
    const list = await boundary.execute(credentials, 'http', 'list-approvals', {});
    expect(valueOf(list)).toEqual({ approvals: [], pendingCount: 0 });
  });

  it('needs a word for what destroys too, although that is over with the answer', async () => {
    const api = await startTestApi();
    const assetId = await ingest(api, writeRecording(makeFolder(), 'talk.mp4'));
    const asked: unknown = valueOf(await connectAgent(api).call('remove-asset', { assetId }));
    expect((asked as DurableToolResult).workflowId).toMatch(/^approval:/);
    expect(countAssets(api)).toBe(1);
    const [approval] = await listWaiting(api);
    const { approval: decided } = valueOf(await decide(api, approval as Approval));
    expect(decided).toMatchObject({
      state: 'approved',
      result: { entityId: assetId, message: 'Done: Remove an asset.' },
    });
    expect(countAssets(api)).toBe(0);
  });

  it('cannot fill the inbox without end', async () => {
    const api = await startTestApi();
    const agent = connectAgent(api);
    const folder = makeFolder();
    const asked: string[] = [];
    for (let index = 0; index < 101; index += 1) {
      asked.push(codeOf(await agent.commands.ingestMedia({ path: writeRecording(folder, `${index}.mp4`) })));
    }
    expect(asked.filter((code) => code === 'ok')).toHaveLength(100);
    expect(asked.at(-1)).toBe('input.wrong-state');
  });
});

describe('the decision', () => {
  it('to approve does it at once, as the agent, and all of it is on record', async () => {
    const api = await startTestApi();
    const approval = await askToIngest(api, writeRecording(makeFolder(), 'talk.mp4'));
    const { approval: decided } = valueOf(await decide(api, approval));
    expect(decided).toMatchObject({ state: 'approved', decidedBy: 'window' });
    const result = decided.result as DurableToolResult;
    expect(result.workflowId).toBe(`ingest:${result.entityId}`);
    expect(countAssets(api)).toBe(1);
    expect(outboxOf(api, `approval:${approval.approvalId}`)).toEqual(['start', 'signal']);
    const rows = createAuditRepository(api.database).listAfter(0, 10);
    expect(rows.map(({ principal, door, command, outcome }) => [principal, door, command, outcome])).toEqual([
      ['mcp', 'local', 'ingest-media', 'waits-for-approval'],
      ['mcp', 'local', 'ingest-media', 'done'],
      ['window', 'local', 'decide-approval', 'done'],
    ]);
    expect(new Set(rows.map(({ approvalId }) => approvalId))).toEqual(new Set([approval.approvalId]));
  });

  it('from many windows at once is carried out once', async () => {
    const api = await startTestApi();
    const approval = await askToIngest(api, writeRecording(makeFolder(), 'talk.mp4'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => decide(api, approval)));
    const results = answers.map((answer) => (valueOf(answer).approval.result as DurableToolResult).entityId);
    expect(new Set(results).size).toBe(1);
    const done = createAuditRepository(api.database)
      .listAfter(0, 100)
      .filter(({ command, outcome }) => command === 'ingest-media' && outcome === 'done');
    expect(done).toHaveLength(1);
  });

  it('to reject does nothing, and cannot be turned round', async () => {
    const api = await startTestApi();
    const approval = await askToIngest(api, writeRecording(makeFolder(), 'talk.mp4'));
    expect(valueOf(await decide(api, approval, 'reject')).approval.state).toBe('rejected');
    expect(codeOf(await decide(api, approval, 'approve'))).toBe('input.wrong-state');
    expect(valueOf(await decide(api, approval, 'reject')).approval.state).toBe('rejected');
    expect(countAssets(api)).toBe(0);
  });

  it('is about what was shown: another hash is refused', async () => {
    const api = await startTestApi();
    const approval = await askToIngest(api, writeRecording(makeFolder(), 'talk.mp4'));
    const other = await decide(api, { ...approval, contentHash: 'f'.repeat(64) });
    expect(codeOf(other)).toBe('input.conflict');
    expect(await listWaiting(api)).toHaveLength(1);
  });

  it('can be made after a restart', async () => {
    const first = await startTestApi();
    const approval = await askToIngest(first, writeRecording(makeFolder(), 'talk.mp4'));
    await first.api.stop();
    const second = await startTestApi({ dataFolder: first.dataFolder });
    expect(valueOf(await decide(second, approval)).approval.state).toBe('approved');
    expect(countAssets(second)).toBe(1);
  });

  it('comes too late after its time: expired is an outcome, and no consent', async () => {
    const api = await startTestApi();
    const approval = await askToIngest(api, writeRecording(makeFolder(), 'talk.mp4'));
    api.database.sqlite.prepare(`UPDATE approval SET expires_at = '2026-01-01T00:00:00.000Z'`).run();
    expect(codeOf(await decide(api, approval))).toBe('input.wrong-state');
    expect(countAssets(api)).toBe(0);
    const { approvals, pendingCount } = valueOf(await api.client.commands.listApprovals({}));
    expect([approvals[0]?.state, pendingCount]).toEqual(['expired', 0]);
  });

  it('about what the world does not allow any more is a refusal that stays with the request', async () => {
    const api = await startTestApi();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const approval = await askToIngest(api, path);
    rmSync(path);
    const { approval: decided } = valueOf(await decide(api, approval));
    expect(decided).toMatchObject({ state: 'failed', result: { code: 'input.not-found' } });
    expect(countAssets(api)).toBe(0);
    expect(createAuditRepository(api.database).search({ onlyRefused: true, limit: 5 })).toMatchObject([
      {
        command: 'ingest-media',
        principal: 'mcp',
        approvalId: approval.approvalId,
        outcome: 'input.not-found',
      },
    ]);
    expect(createOutboxRepository(api.database).hasPending('ingest:x')).toBe(false);
  });

  it('where the content has become another does nothing, and asks anew about the new one', async () => {
    const api = await startTestApi();
    const folder = makeFolder();
    const assetId = await ingest(api, writeRecording(folder, 'a.mp4'));
    const waiting: unknown = valueOf(await connectAgent(api).call('cancel-ingest', { assetId }));
    const [approval] = await listWaiting(api);
    expect((waiting as DurableToolResult).entityId).toBe(approval?.approvalId);
    // What would be said of it changes with the title.
    createAssetRepository(api.database).edit(assetId, { title: 'Another name' });
    const { approval: voided } = valueOf(await decide(api, approval as Approval));
    expect(voided).toMatchObject({ state: 'voided', result: null });
    const [next] = await listWaiting(api);
    expect(next?.approvalId).toBe(voided.replacedBy);
    expect(next?.contentHash).not.toBe(approval?.contentHash);
    expect(valueOf(await decide(api, next as Approval)).approval.state).toBe('approved');
  });
});

describe('an edit', () => {
  it('makes the old request void and puts a new one in its place', async () => {
    const api = await startTestApi();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const approval = await askToIngest(api, path);
    const { approvalId } = approval;
    const edited = await api.client.commands.editApproval({ approvalId, input: { path, storage: 'copy' } });
    const next = valueOf(edited).approval;
    expect(next).toMatchObject({ state: 'pending', principal: 'mcp', input: { path, storage: 'copy' } });
    expect(codeOf(await decide(api, approval))).toBe('input.wrong-state');
    expect(valueOf(await api.client.commands.readApproval({ approvalId })).approval).toMatchObject({
      state: 'voided',
      replacedBy: next.approvalId,
    });
    const wrong = await api.client.commands.editApproval({ approvalId: next.approvalId, input: { path: 7 } });
    expect(codeOf(wrong)).toBe('input.invalid');
    expect(valueOf(await decide(api, next)).approval.state).toBe('approved');
    const [asset] = createAssetRepository(api.database).listByStatus('ingesting');
    expect(asset?.storage).toBe('copy');
  });
});

describe('a standing approval', () => {
  it('spares the click and nothing else, so often per period, until it is revoked', async () => {
    // On one day, also where midnight comes meanwhile.
    const at = new Date();
    const api = await startTestApi({ now: () => at });
    const agent = connectAgent(api);
    const folder = makeFolder();
    const { grant } = valueOf(
      await api.client.commands.createGrant({ command: 'ingest-media', budget: { count: 2, period: 'day' } }),
    );
    const ask = async (name: string) =>
      valueOf(await agent.commands.ingestMedia({ path: writeRecording(folder, name) })).workflowId;
    expect(await ask('a.mp4')).toMatch(/^ingest:/);
    expect(await ask('b.mp4')).toMatch(/^ingest:/);
    expect(await ask('c.mp4')).toMatch(/^approval:/);
    const [last] = createAuditRepository(api.database)
      .search({ command: 'ingest-media', onlyRefused: false, limit: 3 })
      .slice(1);
    expect(last).toMatchObject({ principal: 'mcp', approvalId: `grant:${grant.grantId}`, outcome: 'done' });
    expect(valueOf(await api.client.commands.listGrants({})).grants).toMatchObject([
      { usedCount: 2, leftCount: 0 },
    ]);
    valueOf(await api.client.commands.createGrant({ command: 'ingest-media', principal: 'mcp' }));
    expect(await ask('d.mp4')).toMatch(/^ingest:/);
    for (const each of valueOf(await api.client.commands.listGrants({})).grants) {
      valueOf(await api.client.commands.revokeGrant({ grantId: each.grantId }));
    }
    expect(await ask('e.mp4')).toMatch(/^approval:/);
  });

  it('is for its command, its agent and its time only', async () => {
    const api = await startTestApi();
    const { commands } = api.client;
    const { token } = valueOf(await commands.createToken({ name: 'Other', scopes: ['library:write'] }));
    valueOf(await commands.createGrant({ command: 'ingest-media', principal: `token:${token.tokenId}` }));
    valueOf(await commands.createGrant({ command: 'watch-folder' }));
    valueOf(await commands.createGrant({ command: 'ingest-media', accountIds: ['some-account'] }));
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const { grant } = valueOf(await commands.createGrant({ command: 'ingest-media', expiresAt: soon }));
    api.database.sqlite
      .prepare(`UPDATE standing_grant SET expires_at = '2026-01-01T00:00:00.000Z' WHERE grant_id = ?`)
      .run(grant.grantId);
    const asked = await connectAgent(api).commands.ingestMedia({
      path: writeRecording(makeFolder(), 'a.mp4'),
    });
    expect(valueOf(asked).workflowId).toMatch(/^approval:/);
    expect(codeOf(await commands.createGrant({ command: 'search-library' }))).toBe('input.invalid');
    expect(codeOf(await commands.createGrant({ command: 'no-such' }))).toBe('input.invalid');
  });

  it('lets exactly its number through where more come at once', async () => {
    const at = new Date();
    const api = await startTestApi({ now: () => at });
    const agent = connectAgent(api);
    const folder = makeFolder();
    valueOf(
      await api.client.commands.createGrant({
        command: 'ingest-media',
        budget: { count: 3, period: 'week' },
      }),
    );
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        agent.commands.ingestMedia({ path: writeRecording(folder, `${index}.mp4`) }),
      ),
    );
    const done = answers.filter((answer) => valueOf(answer).workflowId.startsWith('ingest:'));
    expect(done).toHaveLength(3);
    expect(countAssets(api)).toBe(3);
    expect(await listWaiting(api)).toHaveLength(9);
  });
});

describe('a revoked token', () => {
  it('is shut out at once, and what it asked for is void', async () => {
    const api = await startTestApi();
    const { boundary } = api.api;
    const made = valueOf(
      await api.client.commands.createToken({ name: 'Helper', scopes: ['library:read', 'library:write'] }),
    );
    const credentials = { kind: 'token', token: made.secret ?? '' } as const;
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const asked = valueOf(await boundary.execute(credentials, 'http', 'ingest-media', { path }));
    const [approval] = await listWaiting(api);
    expect(approval).toMatchObject({ principal: `token:${made.token.tokenId}`, principalLabel: 'Helper' });
    const denied = await boundary.execute(credentials, 'http', 'list-watch-folders', {});
    expect(codeOf(denied)).toBe('ok');
    valueOf(await api.client.commands.revokeToken({ tokenId: made.token.tokenId }));
    expect(codeOf(await boundary.execute(credentials, 'http', 'search-library', {}))).toBe(
      'input.not-allowed',
    );
    expect(
      valueOf(await api.client.commands.readApproval({ approvalId: asked.entityId })).approval.state,
    ).toBe('voided');
    expect(codeOf(await decide(api, approval as Approval))).toBe('input.wrong-state');
    finish(api, await ingest(api, path));
  });
});
