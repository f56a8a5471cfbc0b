import { eq, sql } from 'drizzle-orm';
import { defaultSettings, settingsSchema, type Settings } from '../src-shared/domain/settings.ts';
import type { LibraryDatabase } from './database.ts';
import { setting } from './schema.ts';

/** What the program remembers for itself, beside the settings of the person. */
export type Memory = 'wasSampleOffered' | 'lastRebuildId';

export type SettingsRepository = ReturnType<typeof createSettingsRepository>;

/** Settings as the person chose them over the defaults, and what the program remembers for itself. */
export function createSettingsRepository(database: LibraryDatabase) {
  const { orm } = database;

  const all = orm.select().from(setting).prepare();

  function put(key: string, given: unknown): void {
    // Written as text here, since drizzle would make SQL's NULL of JSON's null.
    const value = sql`${JSON.stringify(given)}`;
    orm
      .insert(setting)
      .values({ key, value })
      .onConflictDoUpdate({ target: setting.key, set: { value } })
      .run();
  }

  function read(): Settings {
    const stored = new Map(all.all().map((row) => [row.key, row.value]));
    // One value that no longer fits (an older program, a hand in the file) must not take the others with it.
    const chosen = Object.entries(settingsSchema.shape).flatMap(([key, schema]) => {
      const parsed = schema.safeParse(stored.get(key));
      return parsed.success && stored.has(key) ? [[key, parsed.data] as const] : [];
    });
    return { ...defaultSettings, ...Object.fromEntries(chosen) };
  }

  return {
    read,

    /** Changes what is given and keeps the rest. */
    update(changes: { [Key in keyof Settings]?: Settings[Key] | undefined }): Settings {
      database.transaction(() => {
        for (const [key, value] of Object.entries(changes)) if (value !== undefined) put(key, value);
      });
      return read();
    },

    recall(key: Memory): unknown {
      return orm
        .select()
        .from(setting)
        .where(eq(setting.key, `memory.${key}`))
        .get()?.value;
    },

    remember: (key: Memory, value: string | number | boolean) => put(`memory.${key}`, value),
  };
}
