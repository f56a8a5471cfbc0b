import type { LibraryDatabase } from './database.ts';

/** 32 MB: a log that has grown so long is written back by whoever adds to it, however busy. */
const longestLogPages = 8_000;
const lookEveryMs = 2_000;
/** About a handful of commands; for less it is not worth waking the disk. */
const worthChanges = 100;

/**
 * Writes the log back into the database file while nobody waits. SQLite would do it in the middle of every thirtieth
 * command or so, which then takes ten times as long as the others (https://www.sqlite.org/wal.html#ckpt). Returns what
 * ends it; closing the database writes back the rest.
 */
export function keepLogShort({ sqlite }: Pick<LibraryDatabase, 'sqlite'>): () => void {
  sqlite.pragma(`wal_autocheckpoint = ${longestLogPages}`);
  const total = sqlite.prepare<[], number>('SELECT total_changes()').pluck();
  const read = (): number => total.get() ?? 0;
  let written = read();
  let seen = written;

  function look(): void {
    const present = read();
    const isQuiet = present === seen;
    seen = present;
    if (!isQuiet || present - written < worthChanges) return;
    // Passive: it waits for nobody, and leaves for later what a reader still needs.
    sqlite.pragma('wal_checkpoint(PASSIVE)');
    written = present;
  }

  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
