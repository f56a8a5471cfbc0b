import { expect, it } from 'vitest';
import { targetStateSchema } from '../../src-shared/domain/post.ts';
import { lookBeforeSendingAnything } from './after-restore.ts';
import { openDesk } from './testing/open-desk.ts';

it('looks for all that a backup does not know as published, also for what was a draft then or cancelled', () => {
  const desk = openDesk();
  const postIds = new Map(targetStateSchema.options.map((state) => [state, desk.schedule(0)]));
  for (const [state, postId] of postIds) {
    desk.database.sqlite.prepare('UPDATE post_target SET state = ? WHERE post_id = ?').run(state, postId);
  }
  const backupAt = new Date(desk.clock.ms - 60_000);
  lookBeforeSendingAnything(desk.database, backupAt);
  for (const [state, postId] of postIds) {
    const isKnown = ['published', 'deleting', 'deleted'].includes(state);
    expect(desk.targetOf(postId)).toMatchObject({
      isLookFirst: !isKnown,
      unknownSince: isKnown ? null : backupAt.toISOString(),
    });
  }
});
