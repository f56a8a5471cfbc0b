import type BetterSqlite from 'better-sqlite3';

/** Some statements have as many forms as their lists have lengths; the rest of the app has about this many. */
const keptStatements = 500;

/**
 * The same connection, which keeps what it has prepared: drizzle prepares each statement anew for every call, which takes
 * longer than most of them run. Only for drizzle, which always asks a text for rows of the same shape; a statement that
 * somebody has told to pluck would go on plucking.
 */
export function keepStatements(sqlite: BetterSqlite.Database): BetterSqlite.Database {
  const kept = new Map<string, BetterSqlite.Statement>();

  function prepare(text: string): BetterSqlite.Statement {
    const known = kept.get(text);
    if (known !== undefined) {
      // The one used last goes last.
      kept.delete(text);
      kept.set(text, known);
      return known;
    }
    const made = sqlite.prepare(text);
    kept.set(text, made);
    const [oldest] = kept.keys();
    if (kept.size > keptStatements && oldest !== undefined) kept.delete(oldest);
    return made;
  }

  return Object.create(sqlite, { prepare: { value: prepare } }) as BetterSqlite.Database;
}
