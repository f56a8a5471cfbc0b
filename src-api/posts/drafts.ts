import { randomUUID } from 'node:crypto';
import { resolveTime } from '../../src-shared/domain/due-time.ts';
import { defaultLateness } from '../../src-shared/domain/lateness.ts';
import type { ChangeHandler } from '../commands/handler-types.ts';
import { wrongState } from '../commands/wrong-state.ts';

export const saveDraft: ChangeHandler<'save-draft'> = {
  prepare({ postId, content, targets, due, lateness }, { posts }) {
    const dueTime = due === null ? null : resolveTime(due.localTime, due.zone).due;
    return () => {
      if (postId === undefined) {
        const draftId = randomUUID();
        posts.insert(
          draftId,
          { content, targets, due: dueTime, lateness: lateness ?? defaultLateness },
          'draft',
        );
        return { output: { postId: draftId, revision: 0 }, entityId: draftId };
      }
      const { row } = posts.get(postId);
      if (row.state !== 'draft') {
        throw wrongState(
          'This post is scheduled already, so it is no draft. Nothing was changed. Edit the post instead.',
          {
            postId,
            state: row.state,
          },
        );
      }
      posts.rewrite(postId, {
        content,
        targets,
        due: dueTime,
        ...(lateness === undefined ? {} : { lateness }),
      });
      return { output: { postId, revision: row.revision + 1 }, entityId: postId };
    };
  },
};

export const deleteDraft: ChangeHandler<'delete-draft'> = {
  prepare:
    ({ postId }, { posts }) =>
    () => {
      const { row } = posts.get(postId);
      if (row.state !== 'draft') {
        throw wrongState('Only drafts can be deleted. Nothing was changed. Cancel the post instead.', {
          postId,
          state: row.state,
        });
      }
      posts.deletePost(postId);
      return { output: { deleted: true }, entityId: postId };
    },
};
