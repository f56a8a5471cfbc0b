import { settingsPreparations } from '../../../src-connectors/handlers.ts';
import { type Account, type AccountSettings } from '../../../src-shared/domain/account.ts';
import type { CommandPreview } from '../../../src-shared/domain/approval.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { ParsedInput } from '../../../src-shared/contract/registry.ts';
import { descriptionOf, platformNames } from '../../../src-shared/domain/platforms/known-platforms.ts';
import type { ChangeHandler } from '../handler-types.ts';
import { wrongState } from '../wrong-state.ts';
import { toLabel } from '../../boundary/foresee.ts';

type Line = CommandPreview['lines'][number];

export const updateAccount: ChangeHandler<'update-account'> = {
  async prepare({ accountId, name, handle, settings }, services) {
    const { accounts } = services;
    const account = accounts.get(accountId);
    if (handle !== undefined && !descriptionOf(account.platform).isNamedByPerson) {
      throw wrongState('The platform itself names this account. Nothing was changed.', { accountId });
    }
    if (settings !== undefined) requireSamePlatform(account, settings);
    const prepared =
      settings && (await settingsPreparations[settings.platform]?.(accountId, settings, services));
    return () => {
      prepared?.requireFitting();
      accounts.change(accountId, {
        ...(name === undefined ? {} : { name }),
        ...(handle === undefined ? {} : { handle }),
        ...(settings === undefined ? {} : { settings: prepared?.settings ?? settings }),
        ...prepared?.identity,
      });
      return {
        output: accounts.get(accountId),
        entityId: accountId,
        ...(prepared === undefined ? {} : { afterCommit: prepared.afterCommit }),
      };
    };
  },
  preview: (input, { accounts }) => previewChange(accounts.get(input.accountId), input),
};

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

/** What a setting holds stands beside the others. */
function flatten(settings: AccountSettings | undefined): Fields {
  return Object.fromEntries(
    Object.entries(settings ?? {}).flatMap(([field, value]: [string, Fields[string] | Fields]) =>
      typeof value === 'object' && value !== null ? Object.entries(value) : [[field, value] as const],
    ),
  );
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
