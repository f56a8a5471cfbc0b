import { z } from 'zod';
import {
  accountNameSchema,
  connectedAccountSchema,
  webAddressSchema,
} from '../../../src-shared/contract/account-parts.ts';
import { defineThinkCommand } from '../../../src-shared/contract/define-command.ts';
import { accountIdSchema } from '../../../src-shared/domain/account.ts';
import { instantSchema } from '../../../src-shared/domain/asset.ts';

export const mastodonCommands = {
  'connect-mastodon-account': defineThinkCommand({
    area: 'accounts',
    title: 'Connect a Mastodon account by token',
    description: 'Uses an access token made in the development settings of the server (scopes: read, write).',
    scope: 'accounts:write',
    changesState: true,
    secretInputs: ['accessToken'],
    input: z.strictObject({
      serviceUrl: webAddressSchema,
      accessToken: z.string().min(1).max(1_000),
      name: accountNameSchema.optional(),
    }),
    output: connectedAccountSchema,
  }),
  'begin-mastodon-oauth': defineThinkCommand({
    area: 'accounts',
    title: 'Begin to connect a Mastodon account',
    description:
      'Registers Longhand with the server and gives the page on which the person allows it and gets a code.',
    scope: 'accounts:write',
    changesState: true,
    input: z.strictObject({
      serviceUrl: webAddressSchema,
      /** Given to connect an account again. */
      accountId: accountIdSchema.optional(),
    }),
    output: z.strictObject({
      connectionId: z.uuid(),
      authoriseUrl: z.string(),
      expiresAt: instantSchema,
    }),
  }),
  'complete-mastodon-oauth': defineThinkCommand({
    area: 'accounts',
    title: 'Finish connecting a Mastodon account',
    description: 'Exchanges the code that the server showed for access, and keeps it encrypted.',
    scope: 'accounts:write',
    changesState: true,
    secretInputs: ['code'],
    input: z.strictObject({
      connectionId: z.uuid(),
      code: z.string().trim().min(1).max(1_000),
      name: accountNameSchema.optional(),
    }),
    output: connectedAccountSchema,
  }),
};
