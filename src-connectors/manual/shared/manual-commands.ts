import { z } from 'zod';
import { accountNameSchema, connectedAccountSchema } from '../../../src-shared/contract/account-parts.ts';
import { defineThinkCommand } from '../../../src-shared/contract/define-command.ts';
import { manualServiceSchema } from './manual-services.ts';

export const manualCommands = {
  'connect-manual-account': defineThinkCommand({
    area: 'accounts',
    title: 'Add a place to post by hand',
    description: 'For platforms without an open interface: at the due time caption and file are put at hand.',
    scope: 'accounts:write',
    changesState: true,
    agentsNeedApproval: true,
    input: z.strictObject({
      service: manualServiceSchema,
      handle: z.string().trim().max(300),
      name: accountNameSchema.optional(),
    }),
    output: connectedAccountSchema,
  }),
};
