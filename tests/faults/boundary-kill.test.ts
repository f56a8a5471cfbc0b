import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createAuditRepository } from '../../src-data/audit.ts';
import { createCreditRepository } from '../../src-data/credits.ts';
import { connect } from '../../src-data/database.ts';
import { makeLibrary, makeLibraryPlace } from '../../src-data/testing/temporary-library.ts';

const source = (path: string): string =>
  JSON.stringify(pathToFileURL(join(import.meta.dirname, '../..', path)).href);

/** Reserves, settles and releases without end, each together with a line of the audit; says what was acknowledged. */
const script = `
  const { connect } = await import(${source('src-data/database.ts')});
  const { createCreditRepository } = await import(${source('src-data/credits.ts')});
  const { createAuditRepository } = await import(${source('src-data/audit.ts')});
  const database = connect(process.argv[1]);
  const credits = createCreditRepository(database);
  const audit = createAuditRepository(database);
  const entry = { principal: 'mcp', door: 'local', command: 'x', inputHash: '', outcome: 'done' };
  for (let count = 1; ; count += 1) {
    const entityId = process.argv[2] + count;
    const cost = { unit: 'posts', amount: 1 + (count % 3) };
    database.transaction(() => {
      credits.reserve({ entityId, workflowId: null, principal: 'mcp', isAgent: true, cost });
      audit.append({ ...entry, entityId });
    });
    if (count % 3 === 0) credits.settleReservation(entityId);
    if (count % 3 === 1) credits.releaseReservation(entityId);
    process.stdout.write(count + '\\n');
  }`;

async function workAndDie(databaseFile: string, prefix: string, afterLines: number): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, databaseFile, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = 0;
  for await (const data of child.stdout) {
    acknowledged = Number(String(data).trim().split('\n').at(-1));
    if (acknowledged >= afterLines && !child.killed) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return acknowledged;
}

describe('after kill -9 in the middle of work', () => {
  it('the ledger adds up, nothing acknowledged is missing, and the chain of the audit is whole', async () => {
    const place = makeLibraryPlace();
    makeLibrary(place).close();
    for (const round of [1, 2, 3, 4, 5]) {
      const acknowledged = await workAndDie(place.databaseFile, `r${round}-`, 10 + round * 7);
      const database = connect(place.databaseFile);
      const credits = createCreditRepository(database);
      const lines = credits.list({ limit: 100_000 });
      const reservations = new Map<string, typeof lines>();
      for (const line of lines) {
        reservations.set(line.reservationId, [...(reservations.get(line.reservationId) ?? []), line]);
      }
      for (const [id, [last, ...before]] of reservations) {
        // Newest first: closed at most once, and what was reserved has left again.
        const sum = [last, ...before].reduce((total, line) => total + (line?.reserved ?? 0), 0);
        expect([id, before.length <= 1, sum === 0 || before.length === 0]).toEqual([id, true, true]);
      }
      const open = credits.listOpen().reduce((total, { amount }) => total + amount, 0);
      expect(credits.total('posts').reserved).toBe(open);
      const verdict = await createAuditRepository(database).verify();
      expect(verdict).toMatchObject({
        firstBrokenSequence: null,
        rowCount: lines.filter(({ operation }) => operation === 'reserve').length,
      });
      const mine = lines.filter(
        ({ entityId, operation }) => entityId.startsWith(`r${round}-`) && operation === 'reserve',
      );
      expect(mine.length).toBeGreaterThanOrEqual(acknowledged);
      database.close();
    }
  });
});
