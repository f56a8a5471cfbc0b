import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { topicSchema } from '../src-shared/contract/events.ts';
import { createRevisionRepository } from './revisions.ts';
import { tables } from './schema.ts';
import { addAsset, makeLibrary } from './testing/temporary-library.ts';

interface Column {
  name: string;
  type: string;
  notnull: number;
}

describe('the schema', () => {
  it('is the same in the types as in the migrated database', () => {
    const { sqlite } = makeLibrary();
    for (const table of Object.values(tables)) {
      const { name, columns } = getTableConfig(table);
      const typed = columns.map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        isRequired: column.notNull,
      }));
      const made = (sqlite.pragma(`table_info(${name})`) as Column[]).map((column) => ({
        name: column.name,
        type: column.type,
        // SQLite does not repeat it for an INTEGER PRIMARY KEY, which is never null.
        isRequired:
          column.notnull === 1 || typed.some((entry) => entry.name === column.name && entry.isRequired),
      }));
      expect(typed, name).toEqual(made);
    }
  });

  it('has a type for every table', () => {
    const { sqlite } = makeLibrary();
    const made = sqlite
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'
         AND name NOT LIKE 'sqlite%' ORDER BY name`,
      )
      .pluck()
      .all();
    expect(Object.values(tables).map((table) => getTableConfig(table).name)).toEqual(
      expect.arrayContaining(made),
    );
  });

  it('uses strict tables only, so that no value of another type slips in', () => {
    const { sqlite } = makeLibrary();
    expect(() =>
      sqlite.prepare(`INSERT INTO revision (topic, value) VALUES ('x', 'not a number')`).run(),
    ).toThrow(/cannot store TEXT value in INTEGER column/);
  });

  it('keeps a counter for every topic of the contract', () => {
    const { sqlite } = makeLibrary();
    const topics = sqlite.prepare<[], string>('SELECT topic FROM revision').pluck().all();
    expect(topics.sort()).toEqual([...topicSchema.options].sort());
  });

  it('lets nobody change or delete an audit row', () => {
    const { sqlite } = makeLibrary();
    sqlite
      .prepare(
        `INSERT INTO audit (at, principal, door, command, input_hash, outcome, previous_hash, hash)
         VALUES ('t', 'p', 'd', 'c', 'i', 'o', '', 'h')`,
      )
      .run();
    expect(() => sqlite.prepare(`UPDATE audit SET outcome = 'x'`).run()).toThrow(/append-only/);
    expect(() => sqlite.prepare('DELETE FROM audit').run()).toThrow(/append-only/);
  });
});

describe('revisions', () => {
  it('tell which topics have changed, once, whichever connection changed them', () => {
    const database = makeLibrary();
    const revisions = createRevisionRepository(database);
    expect(revisions.takeChangedTopics()).toEqual([]);
    addAsset(database);
    expect(revisions.takeChangedTopics().sort()).toEqual(['assets', 'steps']);
    expect(revisions.takeChangedTopics()).toEqual([]);
  });
});
