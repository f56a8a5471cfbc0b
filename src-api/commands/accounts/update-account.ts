import { resolve } from 'node:path';
import { describeFeed, openFeedFolder } from '../../../src-connectors/feed/api/connect-feed.ts';
import { rewriteFeeds } from '../../../src-connectors/feed/node/feed-connector.ts';
import { type Account, type AccountSettings } from '../../../src-shared/domain/account.ts';
import type { CommandPreview } from '../../../src-shared/domain/approval.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { ParsedInput } from '../../../src-shared/contract/registry.ts';
import { platformNames } from '../../../src-shared/domain/platforms/known-platforms.ts';
import type { ChangeHandler } from '../handler-types.ts';
import type { CommandServices } from '../services.ts';
import { wrongState } from '../wrong-state.ts';
import { toLabel } from '../../boundary/foresee.ts';

type Line = CommandPreview['lines'][number];
type FeedSettings = Extract<AccountSettings, { platform: 'feed' }>;

export const updateAccount: ChangeHandler<'update-account'> = {
  async prepare({ accountId, name, handle, settings }, services) {
    const { accounts } = services;
    const account = accounts.get(accountId);
    if (handle !== undefined && account.platform !== 'manual') {
      throw wrongState('The platform itself names this account. Nothing was changed.', { accountId });
    }
    if (settings !== undefined) requireSamePlatform(account, settings);
    const feed = settings?.platform === 'feed' ? await openFeed(settings, services) : undefined;
    return () => {
      if (feed !== undefined) requireOwnFolder(accountId, feed, accounts);
      accounts.change(accountId, {
        ...(name === undefined ? {} : { name }),
        ...(handle === undefined ? {} : { handle }),
        ...(settings === undefined ? {} : { settings: feed ?? settings }),
        ...(feed === undefined ? {} : describeFeed(feed.folder, feed.details)),
      });
      return {
        output: accounts.get(accountId),
        entityId: accountId,
        ...(feed === undefined ? {} : { afterCommit: () => rewriteFeeds(feed.folder, feed.details) }),
      };
    };
  },
  preview: (input, { accounts }) => previewChange(accounts.get(input.accountId), input),
};

/** @throws AppError where the folder cannot be used */
async function openFeed(
  { platform, folder, details }: FeedSettings,
  services: CommandServices,
): Promise<FeedSettings> {
  return { platform, folder: await openFeedFolder(resolve(folder), services), details };
}

function requireOwnFolder(
  accountId: string,
  { folder }: FeedSettings,
  accounts: CommandServices['accounts'],
): void {
  const owner = accounts.findByIdentity({ platform: 'feed', remoteId: folder });
  if (owner === undefined || owner.accountId === accountId) return;
  throw new AppError({
    code: 'input.conflict',
    userMessage: `${folder} is the folder of another feed, “${owner.name}”. Nothing was changed. Choose a folder of its own.`,
    retry: 'user',
    details: { accountId, folder },
  });
}

function requireSamePlatform({ accountId, platform }: Account, settings: AccountSettings): void {
  if (settings.platform === platform) return;
  throw new AppError({
    code: 'input.invalid',
    userMessage: 'These settings are for another platform. Nothing was changed.',
    retry: 'never',
    details: { accountId, platform: settings.platform },
  });
}

/** From what to what, field by field; what stays is not named. */
function previewChange(account: Account, input: ParsedInput<'update-account'>): CommandPreview {
  const { name, handle, platform } = account;
  return {
    title: `Change ${name}`,
    lines: [
      { label: 'Account', value: `${name} (${handle}, ${platformNames[platform]})` },
      ...changedLines({ name, handle }, { name: input.name, handle: input.handle }),
      ...changedLines(flatten(account.settings), flatten(input.settings)),
    ],
    warnings: [],
    costs: [],
  };
}

type Fields = Readonly<Record<string, string | boolean | null | undefined>>;

function flatten(settings: AccountSettings | undefined): Fields {
  if (settings === undefined) return {};
  if (settings.platform !== 'feed') return settings;
  const { folder, details } = settings;
  return { folder, ...details };
}

function changedLines(before: Fields, after: Fields): Line[] {
  return Object.entries(after).flatMap(([field, value]) =>
    value === undefined || value === before[field]
      ? []
      : [{ label: toLabel(field), value: `${toText(before[field])} → ${toText(value)}` }],
  );
}

function toText(value: Fields[string]): string {
  return value === undefined || value === null || value === '' ? 'nothing' : `“${String(value)}”`;
}
