import { z } from 'zod';
import { assetIdSchema } from '../domain/asset.ts';
import { clipSchema } from '../domain/variant-content.ts';
import { appErrorDtoSchema } from '../domain/errors.ts';
import { platformSchema } from '../domain/account.ts';
import { renderingStateSchema } from '../domain/rendering.ts';
import { defineDurableCommand, defineThinkCommand } from './define-command.ts';

const renderingInput = z.strictObject({ renderingId: z.string().min(1).max(100) });

export const renderingCommands = {
  'list-renderings': defineThinkCommand({
    area: 'content',
    title: 'What has to be made ready',
    description:
      'For which accounts a recording or picture must be converted before it can be posted there, and how far that is.',
    scope: 'posts:read',
    changesState: false,
    input: z.strictObject({
      assetId: assetIdSchema,
      clip: clipSchema.nullable().default(null),
      /** Left out: all accounts. */
      accountIds: z.array(z.uuid()).max(50).optional(),
    }),
    output: z.strictObject({
      /** Accounts that take it as it is, or not at all, are not among them. */
      accounts: z.array(
        z.strictObject({
          accountId: z.uuid(),
          name: z.string(),
          platform: platformSchema,
          /** Null: nobody has asked for it yet. */
          rendering: z
            .strictObject({
              renderingId: z.string(),
              state: renderingStateSchema,
              progress: z.number().min(0).max(1).nullable(),
              remainingMs: z.int().nonnegative().nullable(),
              error: appErrorDtoSchema.nullable(),
            })
            .nullable(),
        }),
      ),
    }),
  }),
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
  'cancel-rendering': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Stop making media ready',
    description: 'Stops the converting of media for an account. What a post needs is made when it is due.',
    scope: 'posts:write',
    input: renderingInput,
  }),
  'retry-rendering': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Make media ready again',
    description: 'Takes up the converting of media that was stopped or has failed. Nothing is sent.',
    scope: 'posts:write',
    input: renderingInput,
  }),
};
