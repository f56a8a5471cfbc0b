import { DateTime } from 'luxon';
import { isZone } from '../../src-shared/domain/due-time.ts';
import { z } from 'zod';
import type { Account } from '../../src-shared/domain/account.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { fitsText, shortenText } from '../../src-shared/domain/fit-text.ts';
import type { PlanItem } from '../../src-shared/domain/plan.ts';
import type { QueryHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { askList } from './ask-list.ts';
import { endWell, type HalfItem } from './half-item.ts';
import { layOutPlan, type PlanPlace } from './lay-out-plan.ts';
import { inTags, materialRule } from './material.ts';
import { describeTone } from './tone.ts';

const budgetMs = 60_000;
const tokensPerItem = 150;
const learnFromCount = 10;

const frames = {
  week: { dayCount: 7, postCount: 5 },
  campaign: { dayCount: 14, postCount: 6 },
} as const;

const writtenItem = z.strictObject({
  title: z.string().trim().min(1).max(80),
  text: z.string().trim().min(1).max(280),
});

/** Days and times are laid out by code; the model writes what stands at them. */
export const previewPlan: QueryHandler<'preview-plan'> = {
  async answer(input, services) {
    const { kind, about, callId } = input;
    const zone = checkZone(input.zone ?? services.zone());
    const now = DateTime.fromJSDate(services.now(), { zone });
    const firstDay =
      input.startsOn === undefined
        ? now.plus({ days: 1 }).startOf('day')
        : DateTime.fromISO(input.startsOn, { zone });
    const dayCount = input.dayCount ?? frames[kind].dayCount;
    const accounts = chooseAccounts(input.accountIds, services);
    const places = layOutPlan({
      firstDay,
      dayCount,
      postCount: input.postCount ?? frames[kind].postCount,
      slots: services.queueSlots
        .list()
        .filter(({ accountId }) => accounts.some((account) => account.accountId === accountId))
        .flatMap(({ slots }) => slots),
      taken: services.postLookUp.listDueTimes(
        firstDay.toJSDate(),
        firstDay.plus({ days: dayCount }).toJSDate(),
      ),
      now,
    });
    if (places.length === 0) throw hasPassed();
    const learned = describeTone(services.postLookUp.listApprovedTexts([], learnFromCount));
    const { items, model, endedEarly } = await askList(services, {
      task: 'ideas',
      itemName: 'Post',
      item: writtenItem,
      finish: finishPost,
      count: places.length,
      tokensPerItem,
      budgetMs,
      callId,
      messages: [
        {
          role: 'system',
          content: `You write the posts of a creator's ${kind === 'week' ? 'week' : 'campaign'}. ${materialRule} Add no facts, names or links of your own. Write in the language of the subject. Answer with JSON only.`,
        },
        {
          role: 'user',
          content: [
            'The posts are about this:',
            inTags('subject', about),
            ...(learned === undefined ? [] : [learned]),
            `Write ${places.length} different posts as "items", in this order: ${places.map(({ at }) => at.toFormat('cccc')).join(', ')}. Each has "title" (at most 8 words) and "text" (at most 250 characters).`,
          ].join('\n'),
        },
      ],
    });
    return {
      model,
      endedEarly,
      plan: {
        kind,
        title: about.slice(0, 120),
        zone,
        startsOn: firstDay.toISODate() ?? '',
        endsOn: firstDay.plus({ days: dayCount - 1 }).toISODate() ?? '',
        items: items.flatMap((item, index) => {
          const place = places[index];
          return place === undefined ? [] : [toItem(item, place, accounts, zone)];
        }),
      },
    };
  },
};

function finishPost({ whole, open }: HalfItem): z.input<typeof writtenItem> | undefined {
  const text = open?.name === 'text' ? endWell(open.text) : undefined;
  return whole['title'] === undefined || text === undefined ? undefined : { title: whole['title'], text };
}

function toItem(
  { title, text }: z.output<typeof writtenItem>,
  { at, warnings }: PlanPlace,
  accounts: readonly Account[],
  zone: string,
): PlanItem {
  const tightest = accounts
    .map(({ limits }) => limits.text)
    .toSorted((left, right) => left.maxLength - right.maxLength)[0];
  const isShortened = tightest !== undefined && !fitsText(text, tightest);
  return {
    date: at.toISODate() ?? '',
    time: at.toFormat('HH:mm'),
    zone,
    dueAt: at.toUTC().toISO() ?? '',
    accountIds: accounts.map(({ accountId }) => accountId),
    accountNames: accounts.map(({ name }) => name),
    assetId: null,
    title,
    text: isShortened ? shortenText(text, tightest) : text,
    warnings: [...warnings, ...(isShortened ? ['The text was shortened to fit.'] : [])],
  };
}

/** @throws AppError `input.not-found` for an account that is not there */
function chooseAccounts(
  accountIds: readonly string[] | undefined,
  { accounts }: Pick<CommandServices, 'accounts'>,
): Account[] {
  if (accountIds !== undefined) return accountIds.map((accountId) => accounts.get(accountId));
  return accounts.list();
}

function checkZone(zone: string): string {
  if (isZone(zone)) return zone;
  throw new AppError({
    code: 'input.invalid',
    userMessage: `There is no time zone called ${zone}. Nothing was changed. Use a name such as Europe/Berlin.`,
    retry: 'never',
    details: { zone },
  });
}

function hasPassed(): AppError {
  return new AppError({
    code: 'input.invalid',
    userMessage: 'These days have passed. Nothing was changed. Choose days to come.',
    retry: 'never',
  });
}
