import { topicSchema, type Topic } from '../src-shared/contract/events.ts';
import type { LibraryDatabase } from './database.ts';
import { revision } from './schema.ts';

export type RevisionRepository = ReturnType<typeof createRevisionRepository>;

/** Counters that SQL triggers raise with every change, whichever process makes it. */
export function createRevisionRepository(database: LibraryDatabase) {
  let known = read();
  let knownDataVersion = readDataVersion();
  let knownChanges = readOwnChanges();

  function read(): Map<Topic, number> {
    const entries = database.orm.select().from(revision).all();
    return new Map(
      entries.flatMap(({ topic, value }) => {
        const parsed = topicSchema.safeParse(topic);
        return parsed.success ? [[parsed.data, value]] : [];
      }),
    );
  }

  /** Changes when another connection has committed (https://www.sqlite.org/pragma.html#pragma_data_version). */
  function readDataVersion(): number {
    return Number(database.sqlite.pragma('data_version', { simple: true }));
  }

  /** The data version does not tell of this connection's own writes; this counter does. */
  function readOwnChanges(): number {
    return Number(database.sqlite.prepare('SELECT total_changes()').pluck().get());
  }

  return {
    /** Grows with every change of any topic. */
    sum: () => [...read().values()].reduce((total, value) => total + value, 0),

    /** The topics in which something has changed since the last call. Costs next to nothing when nothing has. */
    takeChangedTopics(): Topic[] {
      const dataVersion = readDataVersion();
      const ownChanges = readOwnChanges();
      if (dataVersion === knownDataVersion && ownChanges === knownChanges) return [];
      const present = read();
      const changed = [...present].filter(([topic, value]) => known.get(topic) !== value);
      known = present;
      knownDataVersion = dataVersion;
      knownChanges = ownChanges;
      return changed.map(([topic]) => topic);
    },
  };
}
