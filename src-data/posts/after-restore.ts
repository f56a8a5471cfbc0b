import { notInArray } from 'drizzle-orm';
import type { LibraryDatabase } from '../database.ts';
import { postTarget } from '../schema/posts.ts';
import { released } from './post-store.ts';

/**
 * A restored backup knows nothing of what happened after it was made: whatever it says is still to be sent may be on its
 * platform already. From now on it is looked for there before it is sent.
 */
export function lookBeforeSendingAnything(database: LibraryDatabase): void {
  database.orm
    .update(postTarget)
    .set({ isLookFirst: true, ...released })
    .where(notInArray(postTarget.state, ['draft', 'published', 'deleting', 'deleted', 'cancelled']))
    .run();
}
