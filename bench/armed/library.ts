import { randomUUID } from 'node:crypto';
import { createAccountRepository } from '../../src-data/accounts.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { createPostChanges } from '../../src-data/posts/change-posts.ts';
import { resolveTime } from '../../src-shared/domain/due-time.ts';
import { defaultLateness } from '../../src-shared/domain/lateness.ts';
import { variantContentSchema } from '../../src-shared/domain/variant-content.ts';
import { scriptedLimits } from '../../tests/fixtures/scripted-platform.ts';

/** Posts for one account that were accepted and wait, as the boundary leaves them. */
export function addArmedPosts(database: LibraryDatabase, count: number, dueAt: Date): void {
  const accountId = randomUUID();
  createAccountRepository(database).connect({
    ...{ accountId, remoteId: accountId, name: 'Studio', handle: '@studio' },
    ...{ platform: 'bluesky', serviceUrl: null, profileUrl: null },
    settings: { platform: 'bluesky' },
    limits: scriptedLimits,
  });
  const posts = createPostChanges(database);
  const { due } = resolveTime(dueAt.toISOString(), 'Europe/Berlin');
  database.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      const content = variantContentSchema.parse({ parts: [{ text: `Post ${index}` }] });
      const wish = { content, targets: [{ accountId, variant: null }], due, lateness: defaultLateness };
      posts.insert(randomUUID(), wish, 'waiting');
    }
    // As posts that were made ready ahead: what is measured is the minute in which they are due.
    database.sqlite.prepare('UPDATE post_target SET prepare_count = 3').run();
  });
}

export function listWaiting({ sqlite }: LibraryDatabase): string[] {
  return sqlite.prepare<[], string>("SELECT post_id FROM post WHERE state = 'waiting'").pluck().all();
}

export function setDue({ sqlite }: LibraryDatabase, dueAt: Date): void {
  sqlite.prepare('UPDATE post SET due_at = ?').run(dueAt.toISOString());
}

export function countReceipts({ sqlite }: LibraryDatabase, kind: string): number {
  return Number(sqlite.prepare('SELECT count(*) FROM post_receipt WHERE kind = ?').pluck().get(kind));
}
