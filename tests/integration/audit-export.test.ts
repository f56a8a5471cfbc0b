import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditRowSchema, type AuditRow } from '../../src-shared/domain/audit.ts';
import {
  codeOf,
  connectAgent,
  makeFolder,
  startTestApi,
  valueOf,
  writeRecording,
  type TestApi,
} from '../fixtures/api-harness.ts';

const secret = 'open-sesame-for-the-export';

/** Some changes, one that was refused, one with a secret in it, and one that waits for approval. */
async function act(api: TestApi): Promise<void> {
  const { commands } = api.client;
  const folder = makeFolder();
  for (const name of ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4']) {
    valueOf(await commands.ingestMedia({ path: writeRecording(folder, name) }));
  }
  valueOf(await commands.protectVault({ protection: 'passphrase', passphrase: secret }));
  expect(codeOf(await commands.unlockVault({ passphrase: `${secret}?` }))).not.toBe('ok');
  valueOf(await connectAgent(api).commands.ingestMedia({ path: writeRecording(folder, 'e.mp4') }));
}

/** Every part after the other, as a person who exports gets it. */
async function exportAll({ client }: TestApi, limit: number): Promise<{ lines: string[]; parts: number }> {
  const lines: string[] = [];
  for (let [after, parts] = [0, 1]; ; parts += 1) {
    const part = valueOf(await client.commands.exportAudit({ after, limit }));
    expect(part.fileName).toMatch(/^longhand-audit-\d{4}-\d{2}-\d{2}\.jsonl$/);
    expect(part.text.endsWith('\n')).toBe(true);
    const added = part.text.trimEnd().split('\n');
    expect(added).toHaveLength(part.rowCount);
    lines.push(...added);
    if (!part.hasMore) return { lines, parts };
    after = part.lastSequence;
  }
}

/** As somebody would who has the file and nothing else: each row names the hash of the one before. */
function isChained(rows: readonly AuditRow[]): boolean {
  return rows.every(
    ({ sequence, previousHash }, index) =>
      sequence === index + 1 && previousHash === (rows[index - 1]?.hash ?? ''),
  );
}

describe('the exported audit', () => {
  it('is whole in parts as in one, a line of JSON a row, in a chain that verifies, without a secret', async () => {
    const api = await startTestApi();
    await act(api);
    const inOne = await exportAll(api, 1_000);
    const inParts = await exportAll(api, 3);
    expect([inOne.parts, inParts.parts]).toEqual([1, Math.ceil(inOne.lines.length / 3)]);
    expect(inParts.lines).toEqual(inOne.lines);

    const rows = inOne.lines.map((line) => auditRowSchema.parse(JSON.parse(line)));
    expect(isChained(rows)).toBe(true);
    const verdict = valueOf(await api.client.commands.verifyAudit({}));
    expect(verdict).toEqual({
      isWhole: true,
      rowCount: rows.length,
      firstBrokenSequence: null,
      newestHash: rows.at(-1)?.hash,
    });
    const outcomes = rows.map(({ command, outcome }) => `${command}: ${outcome}`);
    expect(outcomes).toContain('unlock-vault: credentials.wrong-passphrase');
    expect(outcomes).toContain('ingest-media: waits-for-approval');

    const everything = inOne.lines.join('\n');
    expect(everything).not.toContain(secret);
    // Nor as a hash from which it could be found by trying.
    for (const text of [secret, JSON.stringify({ passphrase: secret })]) {
      expect(everything).not.toContain(createHash('sha256').update(text).digest('hex'));
    }
  });

  it('shows where a row was changed, by the file alone and by the command', async () => {
    const api = await startTestApi();
    await act(api);
    const { sqlite } = api.database;
    const triggers = sqlite
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'`)
      .pluck()
      .all();
    for (const name of triggers) sqlite.exec(`DROP TRIGGER ${name}`);
    sqlite.exec(`UPDATE audit SET hash = 'another' WHERE sequence = 2`);
    const { lines } = await exportAll(api, 2);
    expect(isChained(lines.map((line) => auditRowSchema.parse(JSON.parse(line))))).toBe(false);
    expect(valueOf(await api.client.commands.verifyAudit({}))).toMatchObject({
      isWhole: false,
      firstBrokenSequence: 2,
    });
  });

  it('of a stretch of time has only that', async () => {
    const api = await startTestApi();
    await act(api);
    const from = new Date(Date.now() + 60_000).toISOString();
    expect(valueOf(await api.client.commands.exportAudit({ from }))).toMatchObject({ rowCount: 0, text: '' });
    expect(valueOf(await api.client.commands.exportAudit({ until: from })).rowCount).toBeGreaterThan(5);
  });
});
