import { describe, expect, it } from 'vitest';
import { createAuditRepository } from './audit.ts';
import type { LibraryDatabase } from './database.ts';
import { makeLibrary } from './testing/temporary-library.ts';

const entry = {
  principal: 'mcp',
  door: 'local',
  command: 'ingest-media',
  entityId: 'one',
  inputHash: 'hash',
  outcome: 'done',
};

/** A hand in the file, past the triggers. */
function tamper({ sqlite }: LibraryDatabase, statement: string): void {
  sqlite.exec('DROP TRIGGER audit_is_append_only_update; DROP TRIGGER audit_is_append_only_delete;');
  sqlite.exec(statement);
}

function open(rowCount: number) {
  const database = makeLibrary();
  const audit = createAuditRepository(database);
  database.transaction(() => {
    for (let index = 1; index <= rowCount; index += 1) {
      audit.append({ ...entry, entityId: `e${index}`, approvalId: index % 2 === 0 ? `a${index}` : null });
    }
  });
  return { database, audit };
}

describe('the audit', () => {
  it('verifies as whole over many rows, and tells its head', async () => {
    const { audit } = open(4500);
    const verdict = await audit.verify();
    expect(verdict).toMatchObject({ rowCount: 4500, firstBrokenSequence: null });
    expect(verdict.newestHash).toBe(audit.listAfter(4499, 1)[0]?.hash);
    expect(await createAuditRepository(makeLibrary()).verify()).toMatchObject({
      rowCount: 0,
      firstBrokenSequence: null,
    });
  });

  it.each([
    ['changed', `UPDATE audit SET outcome = 'other' WHERE sequence = 7`, 7],
    ['given another approval', `UPDATE audit SET approval_id = 'other' WHERE sequence = 8`, 8],
    ['taken out', 'DELETE FROM audit WHERE sequence = 5', 6],
    ['cut off at the end', 'DELETE FROM audit WHERE sequence > 9', 10],
    ['taken away altogether', 'DELETE FROM audit', 1],
  ])('tells the first row that does not fit where one was %s', async (_how, statement, broken) => {
    const { database, audit } = open(10);
    tamper(database, statement);
    expect((await audit.verify()).firstBrokenSequence).toBe(broken);
  });

  it('is searched by what is known of a row, page by page', () => {
    const { audit } = open(10);
    audit.append({ ...entry, command: 'remove-asset', principal: 'window', outcome: 'input.not-found' });
    const search = (filter: Partial<Parameters<typeof audit.search>[0]>) =>
      audit.search({ onlyRefused: false, limit: 5, ...filter }).map(({ sequence }) => sequence);
    expect(search({})).toEqual([11, 10, 9, 8, 7]);
    expect(search({ before: 7 })).toEqual([6, 5, 4, 3, 2]);
    expect(search({ onlyRefused: true })).toEqual([11]);
    expect(search({ entityId: 'e4' })).toEqual([4]);
    expect(search({ approvalId: 'a6' })).toEqual([6]);
    expect(search({ command: 'remove-asset' })).toEqual([11]);
    expect(search({ principal: 'window' })).toEqual([11]);
    expect(search({ text: 'not-found' })).toEqual([11]);
    expect(search({ text: '100%' })).toEqual([]);
    expect(search({ from: '2100-01-01T00:00:00.000Z' })).toEqual([]);
  });
});
