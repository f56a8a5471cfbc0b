import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from '../migrate.ts';

/** A library as it was before, with accounts of which one has credentials. */
function openFilledLibrary(): Database.Database {
  const sqlite = new Database(':memory:');
  onTestFinished(() => void sqlite.close());
  sqlite.pragma('foreign_keys = ON');
  migrate(sqlite, 10);
  const addAccount = sqlite.prepare(`
    INSERT INTO account (account_id, platform, name, handle, remote_id, service_url, state, error, settings, limits,
      connected_at, checked_at, disconnected_at)
    VALUES (?, ?, ?, '@mira', ?, 'https://example.test', ?, ?, '{"platform":"bluesky"}', '{"text":{}}',
      '2026-01-01T00:00:00.000Z', ?, ?)`);
  addAccount.run('one', 'bluesky', 'First', 'did:1', 'connected', null, '2026-01-02T00:00:00.000Z', null);
  addAccount.run('two', 'mastodon', 'Second', 'id:2', 'needs-reconnect', '{"code":"x"}', null, null);
  addAccount.run('three', 'manual', 'Third', 'id:3', 'connected', null, null, '2026-01-03T00:00:00.000Z');
  const addCredential = sqlite.prepare('INSERT INTO credential VALUES (?, ?, ?, ?)');
  addCredential.run('one', 'key', Buffer.from([1, 2, 3]), '2026-01-01T00:00:00.000Z');
  addCredential.run('two', 'key', Buffer.from([4, 5, 6]), '2026-01-01T00:00:00.000Z');
  return sqlite;
}

const readAll = (sqlite: Database.Database) => ({
  accounts: sqlite.prepare('SELECT rowid, * FROM account ORDER BY rowid').all(),
  credentials: sqlite.prepare('SELECT * FROM credential ORDER BY account_id').all(),
});

it('lets accounts be of any platform, and keeps accounts and credentials as they were', () => {
  const sqlite = openFilledLibrary();
  const before = readAll(sqlite);
  const toNewPlatform = sqlite.prepare(
    "UPDATE account SET platform = 'new-platform' WHERE account_id = 'three'",
  );
  expect(() => toNewPlatform.run()).toThrow('CHECK constraint failed');

  expect(migrate(sqlite)).toContain(11);

  expect(before.accounts).toHaveLength(3);
  expect(readAll(sqlite)).toEqual(before);
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(toNewPlatform.run().changes).toBe(1);
});

it('still announces changes of accounts, and still forgets the credentials of one that is gone', () => {
  const sqlite = openFilledLibrary();
  migrate(sqlite);
  const readRevision = () =>
    sqlite.prepare("SELECT value FROM revision WHERE topic = 'accounts'").pluck().get() as number;
  const before = readRevision();

  sqlite.prepare("UPDATE account SET name = 'Renamed' WHERE account_id = 'two'").run();
  sqlite.prepare("DELETE FROM account WHERE account_id = 'one'").run();

  expect(readRevision()).toBe(before + 2);
  expect(sqlite.prepare('SELECT account_id FROM credential').pluck().all()).toEqual(['two']);
});
