import * as chrono from 'chrono-node';
import { DateTime } from 'luxon';
import { wordsOfMoment } from './moment-words.ts';
import { spellOutTimes } from './spell-out-times.ts';
import type { WishLanguage } from '../words/language.ts';

/** A moment that was named, or why it cannot be told. */
export type When =
  | { kind: 'none' }
  | { kind: 'now' }
  | { kind: 'next-slot' }
  | { kind: 'at'; at: DateTime }
  | { kind: 'unclear'; why: UnclearTime; choices: DateTime[] };

/** Why a time cannot be told: what has to be asked. */
export type UnclearTime =
  /** `twice`, `skipped`: the clocks are set back or forward then. */
  | { kind: 'several' | 'twice' | 'skipped' | 'which-day' | 'part-of-day' }
  | { kind: 'no-hour'; on: DateTime }
  | { kind: 'passed'; at: DateTime };

export interface WhenContext {
  language: WishLanguage;
  /** In the zone of the creator. */
  now: DateTime;
}

export interface ResolvedWhen {
  when: When;
  /** The words without those that named the moment. */
  rest: string;
}

type Parsed = chrono.ParsedResult;

const parsers: Record<WishLanguage, { parse: typeof chrono.parse }> = {
  en: chrono.en,
  de: chrono.de,
  es: chrono.es,
  fr: chrono.fr,
};

/** Weekdays shortened to two or three letters are words of their own in some languages. */
const shortestName = 4;
/** In languages with twelve hours, an hour this small may be of the night or of the afternoon. */
const smallHours = 5;

/** Reads the moment that a clause names, on the creator's wall. Dates are the library's; what is unclear is asked. */
export function resolveWhen(clause: string, context: WhenContext): ResolvedWhen {
  const { language, now } = context;
  const text = spellOutTimes(clause, language, now);
  const moment = wordsOfMoment(text, language);
  // A time beside it wins: "now schedule it for nine".
  if (moment !== undefined && parse(moment.rest, context).length === 0) {
    return { when: { kind: moment.kind }, rest: moment.rest };
  }
  return readDates(moment?.rest ?? text, context);
}

function readDates(text: string, context: WhenContext): ResolvedWhen {
  const found = parse(text, context);
  if (found.length === 0) return { when: { kind: 'none' }, rest: text };
  let rest = text;
  for (const result of [...found].reverse()) {
    rest = `${rest.slice(0, result.index)} ${rest.slice(result.index + result.text.length)}`;
  }
  return { when: settle(found, text, context), rest };
}

function parse(text: string, { language, now }: WhenContext): Parsed[] {
  const reference = { instant: now.toJSDate(), timezone: now.offset };
  return parsers[language].parse(text, reference, { forwardDate: true }).filter(isMeant);
}

function isMeant({ text, start }: Parsed): boolean {
  return start.isCertain('hour') || text.length >= shortestName;
}

function settle(found: Parsed[], text: string, { language, now }: WhenContext): When {
  const dated = found.filter(({ start }) => namesDay(start));
  const timed = found.filter(({ start }) => start.isCertain('hour'));
  const [day, time] = [dated[0], timed[0]];
  if (dated.length > 1 || timed.length > 1) {
    return unclear(
      { kind: 'several' },
      [...new Set([...dated, ...timed])].flatMap((each) => pickTime(each, each, now) ?? []),
    );
  }
  if (time === undefined) {
    const on = day === undefined ? undefined : dayOf(day, now);
    if (on === undefined) return { kind: 'none' };
    return unclear(
      { kind: 'no-hour', on },
      [9, 12, 18].map((hour) => on.set({ hour, minute: 0 })).filter((each) => each > now),
    );
  }
  if (isDayAmbiguous(found, text, language)) return askForDate(found, now);
  const exact = exactInstant(time, now);
  if (exact !== undefined) return notPast(exact, now);
  const at = pickTime(day ?? time, time, now);
  if (at === undefined) return skipped(day ?? time, time, now);
  const twice = at.getPossibleOffsets();
  if (twice.length > 1) return unclear({ kind: 'twice' }, twice);
  if (day !== undefined && isNextWeekdayUnclear(day, at, now)) {
    return unclear({ kind: 'which-day' }, [at.minus({ weeks: 1 }), at]);
  }
  if (isSmallHour(time, language)) return unclear({ kind: 'part-of-day' }, [at, at.plus({ hours: 12 })]);
  if (day === undefined) return onlyTime(time, now);
  return notPast(at, now);
}

function namesDay(start: chrono.ParsedComponents): boolean {
  return start.isCertain('day') || start.isCertain('weekday');
}

function dayOf({ start }: Parsed, now: DateTime): DateTime | undefined {
  return at(start.get('year'), start.get('month'), start.get('day'), 0, 0, now);
}

/** Undefined where the clocks skip this time. */
function pickTime(day: Parsed, time: Parsed, now: DateTime): DateTime | undefined {
  const { start } = day;
  return at(
    start.get('year'),
    start.get('month'),
    start.get('day'),
    time.start.get('hour'),
    time.start.get('minute'),
    now,
  );
}

function at(
  year: number | null,
  month: number | null,
  day: number | null,
  hour: number | null,
  minute: number | null,
  now: DateTime,
): DateTime | undefined {
  const wall = {
    year: year ?? now.year,
    month: month ?? 1,
    day: day ?? 1,
    hour: hour ?? 0,
    minute: minute ?? 0,
  };
  const result = DateTime.fromObject(wall, { zone: now.zoneName ?? 'utc' });
  return result.isValid && result.hour === wall.hour && result.minute === wall.minute ? result : undefined;
}

/** A zone that was said, or a stretch from now on ("in two hours"), makes an instant whatever the clocks do. */
function exactInstant({ start }: Parsed, now: DateTime): DateTime | undefined {
  const offset = start.isCertain('timezoneOffset') ? start.get('timezoneOffset') : null;
  const isStretch = offset === now.offset && start.isCertain('second');
  if (offset === null || (offset === now.offset && !isStretch)) return undefined;
  return DateTime.fromJSDate(start.date(), { zone: now.zoneName ?? 'utc' }).set({
    second: 0,
    millisecond: 0,
  });
}

function notPast(moment: DateTime, now: DateTime): When {
  if (moment > now) return { kind: 'at', at: moment };
  const later = moment.plus({ hours: 12 });
  const choices = [...(moment.hour < 12 && later > now ? [later] : []), firstAfter(moment, now)];
  return unclear({ kind: 'passed', at: moment }, choices);
}

/** Only an hour is named: the next one, unless that would be on another day than one may have thought. */
function onlyTime({ start }: Parsed, now: DateTime): When {
  const today = now.set({
    hour: start.get('hour') ?? 0,
    minute: start.get('minute') ?? 0,
    second: 0,
    millisecond: 0,
  });
  if (today > now) return { kind: 'at', at: today };
  const later = today.plus({ hours: 12 });
  const isHalfUnsaid = !start.isCertain('meridiem') && today.hour < 12 && later > now;
  return unclear({ kind: 'passed', at: today }, [...(isHalfUnsaid ? [later] : []), today.plus({ days: 1 })]);
}

function firstAfter(moment: DateTime, now: DateTime): DateTime {
  const today = now.set({ hour: moment.hour, minute: moment.minute, second: 0, millisecond: 0 });
  return today > now ? today : today.plus({ days: 1 });
}

/** The clocks jump over it: the same time a moment before, or after. */
function skipped(day: Parsed, time: Parsed, now: DateTime): When {
  const wall = { hour: time.start.get('hour') ?? 0, minute: time.start.get('minute') ?? 0 };
  const on = dayOf(day, now);
  const choices =
    on === undefined ? [] : [on.set({ hour: wall.hour - 1, minute: wall.minute }), on.set(wall)];
  return unclear({ kind: 'skipped' }, choices);
}

/** "next Wednesday" on a Monday: some mean the day after tomorrow, some the week after. */
function isNextWeekdayUnclear(day: Parsed, at: DateTime, now: DateTime): boolean {
  const isNext = /^(?:on )?next\b|^(?:am )?n(?:ä|ae)chste|pr[oó]xim|prochain/iu.test(day.text);
  if (!isNext || !day.start.isCertain('weekday')) return false;
  const days = at.startOf('day').diff(now.startOf('day'), 'days').days;
  return days > 7 && at.minus({ weeks: 1 }).hasSame(now, 'week');
}

function isSmallHour({ start, text }: Parsed, language: WishLanguage): boolean {
  if (language === 'de' || language === 'fr' || start.isCertain('meridiem')) return false;
  const hour = start.get('hour') ?? 0;
  return hour >= 1 && hour <= smallHours && !/\b0\d[:.]|[:.]\d\d/u.test(text);
}

/** 10/12 is the tenth of December or the twelfth of October, as one is used to. */
function isDayAmbiguous(found: Parsed[], text: string, language: WishLanguage): boolean {
  if (language !== 'en') return false;
  const numbers = found
    .map((each) => /(\d{1,2})\/(\d{1,2})/u.exec(each.text))
    .find((match) => match !== null);
  if (numbers === undefined) return false;
  const [first, second] = [Number(numbers[1]), Number(numbers[2])];
  return text.includes('/') && first <= 12 && second <= 12 && first !== second;
}

function askForDate(found: Parsed[], now: DateTime): When {
  const [first, second] =
    /(\d{1,2})\/(\d{1,2})/u
      .exec(found.map(({ text }) => text).join(' '))
      ?.slice(1)
      .map(Number) ?? [];
  const time = found.find(({ start }) => start.isCertain('hour'));
  const choices = [
    [first, second],
    [second, first],
  ].flatMap(([month, day]) => {
    const here = at(
      now.year,
      month ?? null,
      day ?? null,
      time?.start.get('hour') ?? 0,
      time?.start.get('minute') ?? 0,
      now,
    );
    if (here === undefined) return [];
    return [here > now ? here : here.plus({ years: 1 })];
  });
  return unclear(
    { kind: 'which-day' },
    choices.toSorted((left, right) => left.toMillis() - right.toMillis()),
  );
}

function unclear(why: UnclearTime, choices: DateTime[]): When {
  return { kind: 'unclear', why, choices };
}
