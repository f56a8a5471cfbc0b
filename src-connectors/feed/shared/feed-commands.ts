import { z } from 'zod';
import { accountNameSchema, connectedAccountSchema } from '../../../src-shared/contract/account-parts.ts';
import { defineThinkCommand } from '../../../src-shared/contract/define-command.ts';
import { feedDetailsSchema } from './feed.ts';

export const feedCommands = {
  'connect-feed-account': defineThinkCommand({
    area: 'accounts',
    title: 'Make a feed',
    description:
      'A folder in which posts become an RSS and a JSON feed with their recordings, for a podcast or a site.',
    scope: 'accounts:write',
    changesState: true,
    agentsNeedApproval: true,
    input: z.strictObject({
      folder: z.string().min(1).max(4096),
      details: feedDetailsSchema,
      name: accountNameSchema.optional(),
    }),
    output: connectedAccountSchema,
  }),
};
