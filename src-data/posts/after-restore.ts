import { notInArray } from 'drizzle-orm';
import type { LibraryDatabase } from '../database.ts';
import { postTarget } from '../schema/posts.ts';
import { released } from './post-store.ts';

/**
 * A restored backup knows nothing of what happened after it was made: whatever it says was not sent may be on its platform
 * already, also what was only a draft then. From now on it is looked for there before it is sent.
 */
export function lookBeforeSendingAnything(database: LibraryDatabase, backupAt: Date): void {
  database.orm
    .update(postTarget)
    .set({ isLookFirst: true, unknownSince: backupAt.toISOString(), ...released })
    .where(notInArray(postTarget.state, ['published', 'deleting', 'deleted']))
    .run();
}
