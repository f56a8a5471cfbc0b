import { z } from 'zod';
import { postIdSchema, targetIdSchema } from '../domain/post.ts';
import { defineDurableCommand } from './define-command.ts';

export const deletionCommands = {
  'delete-published-post': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Delete a published post',
    description:
      'Takes a published post off its platforms again, its thread as a whole: from all accounts, or from one. It cannot be brought back. What was posted by hand stays, since only a person can delete it there.',
    scope: 'posts:write',
    input: z.strictObject({ postId: postIdSchema, targetId: targetIdSchema.optional() }),
  }),
  'resolve-deletion': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Say what became of a published post',
    description:
      'Says that a published post was deleted by hand on its platform, or that it is left there after it could not be deleted. Nothing is sent.',
    scope: 'posts:write',
    input: z.strictObject({
      postId: postIdSchema,
      targetId: targetIdSchema,
      resolution: z.enum(['deleted-by-hand', 'keep']),
    }),
  }),
};
