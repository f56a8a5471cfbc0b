import { z } from 'zod';
import { assetIdSchema } from '../domain/asset.ts';
import { clipSchema } from '../domain/variant-content.ts';
import { defineDurableCommand } from './define-command.ts';

export const renderingCommands = {
  'render-variant': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Make media ready for an account',
    description:
      'Cuts, converts and scales a recording or picture to what the platform of the account takes, now instead of shortly before a post is due. Nothing is sent.',
    scope: 'posts:write',
    input: z.strictObject({
      assetId: assetIdSchema,
      accountId: z.uuid(),
      /** Null: the whole recording. */
      clip: clipSchema.nullable().default(null),
    }),
  }),
};
