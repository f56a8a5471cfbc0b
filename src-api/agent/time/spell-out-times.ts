import { DateTime } from 'luxon';
import type { WishLanguage } from '../words/language.ts';

const numberWords: Record<WishLanguage, string> = {
  en: 'one two three four five six seven eight nine ten eleven twelve',
  de: 'ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  es: 'una dos tres cuatro cinco seis siete ocho nueve diez once doce',
  fr: 'une deux trois quatre cinq six sept huit neuf dix onze douze',
};

/** Parts of the day at which nobody names an hour, and the hour that is meant. The card shows it before anything happens. */
const morning = 9;
const noon = 12;
const afternoon = 15;
const evening = 20;

/** A rule rewrites a way to say a time into one that the date library reads. */
type Rule = [pattern: RegExp, rewrite: string | ((...groups: string[]) => string)];

/** No letter before or after; `\b` knows only the letters of English. */
function words(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'giu');
}

function clock(hour: number, minute = 0): string {
  return `${((hour % 24) + 24) % 24}:${String(minute).padStart(2, '0')}`;
}

const rules: Record<WishLanguage, Rule[]> = {
  en: [
    [words('half past (\\d{1,2})'), (_, hour = '') => clock(Number(hour), 30)],
    [words('(?:a )?quarter past (\\d{1,2})'), (_, hour = '') => clock(Number(hour), 15)],
    [words('(?:a )?quarter to (\\d{1,2})'), (_, hour = '') => clock(Number(hour) - 1, 45)],
    [words("(\\d{1,2}) o['’]?clock"), '$1:00'],
    [words('at (?:noon|midday)|noon|midday'), `at ${noon}:00`],
    [words('at midnight|midnight'), 'at 0:00'],
    [words('first thing tomorrow'), `tomorrow at ${morning}:00`],
    [words('tommorow|tommorrow|tomorow|tomorrw'), 'tomorrow'],
    [words('fridey|firday'), 'friday'],
    [words('wensday|wednsday|wendesday'), 'wednesday'],
    [words('satruday|saterday'), 'saturday'],
    [words('thrusday|thursay'), 'thursday'],
  ],
  de: [
    [words('halb (\\d{1,2})'), (_, hour = '') => clock(Number(hour) - 1, 30)],
    [words('viertel nach (\\d{1,2})'), (_, hour = '') => clock(Number(hour), 15)],
    [words('viertel vor (\\d{1,2})'), (_, hour = '') => clock(Number(hour) - 1, 45)],
    [words('dreiviertel (\\d{1,2})'), (_, hour = '') => clock(Number(hour) - 1, 45)],
    [words('(\\d{1,2}) uhr (\\d{1,2})'), (_, hour = '', minute = '') => clock(Number(hour), Number(minute))],
    [words('um mitternacht|mitternacht'), 'um 0:00'],
    [words('ubermorgen|uebermorgen'), 'übermorgen'],
  ],
  es: [
    [words('(?:a )?las (\\d{1,2}) y media'), (_, hour = '') => `a las ${clock(Number(hour), 30)}`],
    [words('(?:a )?las (\\d{1,2}) y cuarto'), (_, hour = '') => `a las ${clock(Number(hour), 15)}`],
    [words('(?:a )?las (\\d{1,2}) menos cuarto'), (_, hour = '') => `a las ${clock(Number(hour) - 1, 45)}`],
    [words('a la (\\d{1,2})'), 'a las $1'],
    [words('al mediod[ií]a|mediod[ií]a'), `a las ${noon}:00`],
    [words('a medianoche|medianoche'), 'a las 0:00'],
    [words('pasado ma(?:ñ|n)ana'), 'en 2 días'],
    [words('manana'), 'mañana'],
    [
      words('(\\d{1,2})\\s?h(\\d{2})?'),
      (_, hour = '', minute = '00') => `a las ${clock(Number(hour), Number(minute || 0))}`,
    ],
  ],
  fr: [
    [words('(\\d{1,2}) ?heures? et demie'), '$1h30'],
    [words('(\\d{1,2}) ?heures? et quart'), '$1h15'],
    [words('(\\d{1,2}) ?heures? moins le quart'), (_, hour = '') => `${Number(hour) - 1}h45`],
    [words('(\\d{1,2}) ?heures? (\\d{2})'), '$1h$2'],
    [words('(\\d{1,2}) ?heures?'), '$1h'],
    [words('à minuit|minuit'), 'à 0h00'],
    [words('après[- ]demain|apres[- ]demain'), 'dans 2 jours'],
  ],
};

/** What stands before an hour that is written as a word. */
const beforeHour: Record<WishLanguage, string> = {
  en: 'at|past|to|by|around',
  de: 'um|halb|nach|vor|dreiviertel|gegen',
  es: 'las|la',
  fr: 'à|a|vers',
};

/** Parts of the day: the hour that is meant without another one, and whether an hour up to eleven is in its second half. */
const partsOfDay: Record<WishLanguage, [pattern: RegExp, hour: number, isLate: boolean][]> = {
  en: [
    [words('(?:in the |this )?morning'), morning, false],
    [words('(?:in the |this )?afternoon'), afternoon, true],
    [words('(?:in the |this )?evening'), evening, true],
    [words('tonight|(?:at )?night'), evening, true],
  ],
  de: [
    [words('(?:am )?vormittags?'), 10, false],
    [words('(?:am )?nachmittags?'), afternoon, true],
    [words('(?:am |zu )?mittags?'), noon, true],
    [words('(?:am )?abends?'), evening, true],
    [words('(?:in der )?nachts?'), 21, true],
    [words('früh|frueh|morgens|am morgen'), morning, false],
  ],
  es: [
    [words('(?:por|de|en) la ma[ñn]ana|temprano'), morning, false],
    [words('(?:por|de|en) la tarde|esta tarde'), 17, true],
    [words('(?:por|de|en) la noche|esta noche'), evening, true],
  ],
  fr: [
    [words('(?:du |le |au |ce )?matin'), morning, false],
    [words("(?:de l['’]|l['’]|cet? )?apr[eè]s[- ]midi"), afternoon, true],
    [words('(?:du |le |ce )?soir'), evening, true],
    [words('(?:à |a )?midi'), noon, true],
  ],
};

const today: Record<WishLanguage, string> = { en: 'today', de: 'heute', es: 'hoy', fr: "aujourd'hui" };
const atHour: Record<WishLanguage, string> = { en: 'at', de: 'um', es: 'a las', fr: 'à' };
/** Numbers that may be hours; not those of dates, nor of the marks of quotations. */
const clockTimes = /(?<![\d/.\u0002-])(\d{1,2})(?:[:h](\d{2})?)?(?:\s?(uhr|am|pm|h))?(?![\d/.\u0003-])/giu;
const thisPart = words('this|tonight|esta|ce|cet|heute');

/**
 * Rewrites how people say times into what the date library reads: numbers as words, half and quarter hours, parts of
 * the day, days of the month with dots.
 */
export function spellOutTimes(text: string, language: WishLanguage, now: DateTime): string {
  let result = hoursAsNumbers(text, language);
  for (const [pattern, rewrite] of rules[language]) {
    result =
      typeof rewrite === 'string' ? result.replace(pattern, rewrite) : result.replace(pattern, rewrite);
  }
  if (language === 'de') result = tomorrowAsDate(result, now);
  if (language !== 'en') result = dayFirstDates(result, now);
  return settlePartOfDay(result, language);
}

function hoursAsNumbers(text: string, language: WishLanguage): string {
  const names = numberWords[language].split(' ');
  const isLetterless = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '');
  const all = [...new Set(names.flatMap((name) => [name, isLetterless(name)]))];
  const toNumber = (name: string): string => {
    const plain = isLetterless(name.toLowerCase());
    return String(names.findIndex((each) => isLetterless(each) === plain) + 1);
  };
  const numbers = all.join('|');
  const after = words(`(${beforeHour[language]}) (${numbers})`);
  let result = text.replace(after, (_, before: string, name: string) => `${before} ${toNumber(name)}`);
  // "neuf heures", "zehn Uhr", "ten o'clock".
  const hourNames = words(`(${numbers})(?= (?:uhr|heures?|o['’]?clock|am|pm))`);
  if (!/(?:dans|in|en) \S+ (?:heures?|stunden|hours?)/iu.test(result)) {
    result = result.replace(hourNames, (name) => toNumber(name));
  }
  return result;
}

/** In German, "morgen" is tomorrow or the morning, as it stands. */
function tomorrowAsDate(text: string, now: DateTime): string {
  return text.replace(
    words('(?<!am )(?<!guten )(?<!jeden )morgen'),
    now.plus({ days: 1 }).toISODate() ?? 'morgen',
  );
}

/** `3.12.`, `3.12.2026` and `3/12` are days of a month everywhere but in English. */
function dayFirstDates(text: string, now: DateTime): string {
  return text.replace(
    /(?<![\d:])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?\.?(?![\d:])/gu,
    (whole, day: string, month: string, year: string | undefined) => {
      const thisYear = DateTime.fromObject(
        { year: Number(year ?? now.year), month: Number(month), day: Number(day) },
        { zone: now.zoneName ?? 'utc' },
      );
      if (!thisYear.isValid) return whole;
      const isPast = year === undefined && thisYear < now.startOf('day');
      return (isPast ? thisYear.plus({ years: 1 }) : thisYear).toFormat('yyyy-MM-dd');
    },
  );
}

/** "tomorrow evening" becomes "tomorrow at 20:00", "at 8 in the evening" becomes "at 20:00". */
function settlePartOfDay(text: string, language: WishLanguage): string {
  for (const [pattern, hour, isLate] of partsOfDay[language]) {
    const found = pattern.exec(text);
    pattern.lastIndex = 0;
    if (found === null) continue;
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    const named = [...rest.matchAll(clockTimes)].find((time) => isClockTime(time, rest, language));
    const isToday = new RegExp(thisPart.source, 'iu').test(found[0]);
    const day = isToday ? `${today[language]} ` : '';
    if (named === undefined) {
      return `${text.slice(0, found.index)}${day}${atHour[language]} ${clock(hour)}${text.slice(found.index + found[0].length)}`;
    }
    if (/am|pm/iu.test(named[3] ?? '')) return `${day}${rest}`;
    const said = Number(named[1]);
    const hourOfDay = isLate && said < 12 ? said + 12 : said;
    return `${rest.slice(0, named.index)}${clock(hourOfDay, Number(named[2] ?? 0))}${rest.slice(named.index + named[0].length)} ${day}`;
  }
  return text;
}

/** A bare number is an hour only after the word for "at". */
function isClockTime(named: RegExpExecArray, text: string, language: WishLanguage): boolean {
  if (named[2] !== undefined || named[3] !== undefined || /[:h]/u.test(named[0])) return true;
  const before = text.slice(0, named.index).trimEnd();
  return new RegExp(`(?:${beforeHour[language]})$`, 'iu').test(before);
}
