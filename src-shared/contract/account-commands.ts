import { z } from 'zod';
import {
  accountIdSchema,
  accountSchema,
  accountSettingsSchema,
  feedDetailsSchema,
  vaultProtectionSchema,
  vaultStateSchema,
} from '../domain/account.ts';
import { instantSchema } from '../domain/asset.ts';
import { manualServiceSchema } from '../domain/platforms/manual-services.ts';
import { defineThinkCommand } from './define-command.ts';

/** Where it had been disconnected: how many of its posts were stopped then and wait to be taken up again. */
const connectedAccountSchema = accountSchema.extend({ stoppedPostCount: z.int().nonnegative() });
const accountInput = z.strictObject({ accountId: accountIdSchema });
const nameSchema = z.string().trim().min(1).max(100);
const webAddressSchema = z.url({ protocol: /^https?$/ });
const passphraseSchema = z.string().min(8).max(1_000);

export type ConnectedAccount = z.infer<typeof connectedAccountSchema>;

export const accountCommands = {
  'list-accounts': defineThinkCommand({
    area: 'accounts',
    title: 'List accounts',
    description: 'The accounts that posts can go to, with their limits, and how their credentials are kept.',
    scope: 'accounts:read',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({
      accounts: z.array(accountSchema),
      vault: vaultStateSchema,
      /** Posts that were stopped when their account was disconnected, for accounts that are connected again. */
      stoppedPosts: z.array(
        z.strictObject({
          accountId: accountIdSchema,
          postCount: z.int().positive(),
          /** Of how many the time has passed. */
          pastCount: z.int().nonnegative(),
        }),
      ),
    }),
  }),
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
      name: nameSchema.optional(),
    }),
    output: connectedAccountSchema,
  }),
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
      name: nameSchema.optional(),
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
      name: nameSchema.optional(),
    }),
    output: connectedAccountSchema,
  }),
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
      name: nameSchema.optional(),
    }),
    output: connectedAccountSchema,
  }),
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
      name: nameSchema.optional(),
    }),
    output: connectedAccountSchema,
  }),
  'verify-account': defineThinkCommand({
    area: 'accounts',
    title: 'Check an account',
    description: 'Asks the platform whether the account can be used, and renews its limits.',
    scope: 'accounts:write',
    changesState: true,
    input: accountInput,
    output: accountSchema,
  }),
  'reconnect-account': defineThinkCommand({
    area: 'accounts',
    title: 'Connect an account again',
    description: 'Gives the same account a new app password or token. Posts that wait for it go on.',
    scope: 'accounts:write',
    changesState: true,
    secretInputs: ['secret'],
    input: accountInput.extend({ secret: z.string().min(1).max(1_000) }),
    output: connectedAccountSchema,
  }),
  'update-account': defineThinkCommand({
    area: 'accounts',
    title: 'Change an account',
    description: 'Its name, and the settings of its platform.',
    scope: 'accounts:write',
    changesState: true,
    agentsNeedApproval: true,
    input: accountInput.extend({
      name: nameSchema.optional(),
      handle: z.string().trim().max(300).optional(),
      settings: accountSettingsSchema.optional(),
    }),
    output: accountSchema,
  }),
  'disconnect-account': defineThinkCommand({
    area: 'accounts',
    title: 'Disconnect an account',
    description:
      'Forgets its credentials. What was posted stays where it is; posts that wait for it will not be sent.',
    scope: 'accounts:write',
    changesState: true,
    agentsNeedApproval: true,
    input: accountInput,
    output: z.strictObject({
      removed: z.literal(true),
      /** Posts that waited for it; each says where it stands why it was not sent. */
      stoppedPostCount: z.int().nonnegative(),
      message: z.string(),
    }),
  }),
  'read-vault-state': defineThinkCommand({
    area: 'accounts',
    title: 'How credentials are kept',
    description: 'Whether the credentials of accounts can be read, and what protects them.',
    scope: 'accounts:read',
    changesState: false,
    input: z.strictObject({}),
    output: vaultStateSchema,
  }),
  'protect-vault': defineThinkCommand({
    area: 'accounts',
    title: 'Choose how credentials are kept',
    description: 'In the system keyring, behind a passphrase, or for this run only. Gives them a new key.',
    scope: 'accounts:write',
    changesState: true,
    secretInputs: ['passphrase'],
    input: z.strictObject({
      protection: vaultProtectionSchema,
      /** Needed for `passphrase` only. */
      passphrase: passphraseSchema.optional(),
    }),
    output: vaultStateSchema,
  }),
  'unlock-vault': defineThinkCommand({
    area: 'accounts',
    title: 'Unlock the credentials',
    description: 'With the passphrase, once per start.',
    scope: 'accounts:write',
    changesState: true,
    secretInputs: ['passphrase'],
    input: z.strictObject({ passphrase: z.string().min(1).max(1_000) }),
    output: vaultStateSchema,
  }),
  'reset-vault': defineThinkCommand({
    area: 'accounts',
    title: 'Start the credentials anew',
    description:
      'For a forgotten passphrase or a lost keyring: forgets all credentials; each account is connected again.',
    scope: 'accounts:write',
    changesState: true,
    agentsNeedApproval: true,
    input: z.strictObject({}),
    output: vaultStateSchema,
  }),
};
