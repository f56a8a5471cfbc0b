import { z } from 'zod';
import { connectCommands } from '../../src-connectors/commands.ts';
import {
  accountIdSchema,
  accountSchema,
  accountSettingsSchema,
  vaultProtectionSchema,
  vaultStateSchema,
} from '../domain/account.ts';
import { accountNameSchema, connectedAccountSchema } from './account-parts.ts';
import { defineThinkCommand } from './define-command.ts';

const accountInput = z.strictObject({ accountId: accountIdSchema });
const passphraseSchema = z.string().min(8).max(1_000);

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
  ...connectCommands,
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
      name: accountNameSchema.optional(),
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
