import { z } from 'zod';
import {
  accountNameSchema,
  connectedAccountSchema,
  webAddressSchema,
} from '../../../src-shared/contract/account-parts.ts';
import { defineThinkCommand } from '../../../src-shared/contract/define-command.ts';

export const blueskyCommands = {
  'connect-bluesky-account': defineThinkCommand({
    area: 'accounts',
    title: 'Connect a Bluesky account',
    description:
      'Signs in with an app password, made in the settings of Bluesky, and keeps the session encrypted.',
    scope: 'accounts:write',
    changesState: true,
    secretInputs: ['appPassword'],
    input: z.strictObject({
      serviceUrl: webAddressSchema.default('https://bsky.social'),
      /** Handle, with or without @, or the address of the account. */
      identifier: z.string().trim().min(1).max(300),
      appPassword: z.string().min(1).max(300),
      name: accountNameSchema.optional(),
    }),
    output: connectedAccountSchema,
  }),
};
