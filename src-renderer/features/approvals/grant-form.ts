import type { CommandInput } from '../../../src-shared/contract/registry.ts';
import { commandDefinition, commandNames } from '../../../src-shared/contract/registry.ts';
import type { Period } from '../../../src-shared/domain/access.ts';

export const endings = {
  day: { title: 'For a day', ms: 86_400_000 },
  week: { title: 'For a week', ms: 7 * 86_400_000 },
  month: { title: 'For 30 days', ms: 30 * 86_400_000 },
  never: { title: 'Until I take it back', ms: null },
} as const;
export type Ending = keyof typeof endings;
export const endingChoices = Object.keys(endings) as Ending[];

export const periodTitles: Record<Period, string> = { day: 'a day', week: 'a week', month: 'a month' };
export const presentPeriods: Record<Period, string> = {
  day: 'today',
  week: 'this week',
  month: 'this month',
};
export const periods = Object.keys(periodTitles) as Period[];

/** What the form of a standing approval holds. */
export interface GrantDraft {
  command: string;
  /** Null: every agent. */
  principal: string | null;
  /** Empty: whichever account. */
  accountIds: readonly string[];
  /** Null: without a limit. */
  count: number | null;
  period: Period;
  ending: Ending;
}

export function emptyGrant(command: string, principal: string | null): GrantDraft {
  return { command, principal, accountIds: [], count: 5, period: 'day', ending: 'week' };
}

export function toGrantInput(draft: GrantDraft, nowMs: number): CommandInput<'create-grant'> {
  const { ms } = endings[draft.ending];
  return {
    command: draft.command,
    principal: draft.principal,
    accountIds: draft.accountIds.length === 0 ? null : [...draft.accountIds],
    budget: draft.count === null ? null : { count: draft.count, period: draft.period },
    expiresAt: ms === null ? null : new Date(nowMs + ms).toISOString(),
  };
}

/** Commands an agent has to ask for each time. */
export const grantableCommands = commandNames
  .filter((name) => commandDefinition(name).mode !== 'think')
  .map((name) => ({ name, title: commandDefinition(name).title }))
  .sort((one, other) => one.title.localeCompare(other.title));
