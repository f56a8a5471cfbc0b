import type { DateTime } from 'luxon';
import { fold } from '../words/fold.ts';

export interface Period {
  from: DateTime;
  to: DateTime;
}

type Make = (now: DateTime, count: number) => Period;

const days = (from: DateTime, count: number): Period => ({ from, to: from.plus({ days: count }) });
const whole = (now: DateTime, unit: 'week' | 'month', by: number): Period => {
  const from = now.plus({ [unit]: by }).startOf(unit);
  return { from, to: from.plus({ [unit]: 1 }) };
};

/** Stretches of time that people name, in words without accents. */
const named: [RegExp, Make][] = [
  [
    /\b(?:last|past|letzten|letzte|vergangenen|ultimos|derniers?) (\d{1,3}) (?:days|tage|dias|jours)\b/u,
    (now, count) => ({ from: now.minus({ days: count }), to: now }),
  ],
  [
    /\b(?:next|nachsten|proximos|prochains?) (\d{1,3}) (?:days|tage|dias|jours)\b/u,
    (now, count) => ({ from: now, to: now.plus({ days: count }) }),
  ],
  [
    /\b(?:next week|nachste[nr]? woche|kommende[nr]? woche|proxima semana|semana que viene|semaine prochaine)\b/u,
    (now) => whole(now, 'week', 1),
  ],
  [
    /\b(?:last week|letzte[nr]? woche|vergangene[nr]? woche|semana pasada|semaine derniere)\b/u,
    (now) => whole(now, 'week', -1),
  ],
  [/\b(?:this week|diese[nr]? woche|esta semana|cette semaine)\b/u, (now) => whole(now, 'week', 0)],
  [
    /\b(?:next month|nachste[nr]? monat|proximo mes|mes que viene|mois prochain)\b/u,
    (now) => whole(now, 'month', 1),
  ],
  [
    /\b(?:last month|letzte[nr]? monat|vergangene[nr]? monat|mes pasado|mois dernier)\b/u,
    (now) => whole(now, 'month', -1),
  ],
  [/\b(?:this month|diese[nr]? monat|este mes|ce mois)\b/u, (now) => whole(now, 'month', 0)],
  [
    /\b(?:day after tomorrow|ubermorgen|pasado manana|apres-demain)\b/u,
    (now) => days(now.startOf('day').plus({ days: 2 }), 1),
  ],
  [/\b(?:tomorrow|morgen|manana|demain)\b/u, (now) => days(now.startOf('day').plus({ days: 1 }), 1)],
  [/\b(?:yesterday|gestern|ayer|hier)\b/u, (now) => days(now.startOf('day').minus({ days: 1 }), 1)],
  [/\b(?:today|tonight|heute|hoy|aujourd'hui)\b/u, (now) => days(now.startOf('day'), 1)],
];

const weekdays: RegExp[] = [
  /\b(?:mondays?|montags?|lunes|lundi)\b/u,
  /\b(?:tuesdays?|dienstags?|martes|mardi)\b/u,
  /\b(?:wednesdays?|mittwochs?|miercoles|mercredi)\b/u,
  /\b(?:thursdays?|donnerstags?|jueves|jeudi)\b/u,
  /\b(?:fridays?|freitags?|viernes|vendredi)\b/u,
  /\b(?:saturdays?|samstags?|sabado|samedi)\b/u,
  /\b(?:sundays?|sonntags?|domingo|dimanche)\b/u,
];

/** The stretch of time a question names, on the creator's wall; undefined where it names none. */
export function resolvePeriod(text: string, now: DateTime): Period | undefined {
  const plain = fold(text);
  for (const [pattern, make] of named) {
    const found = pattern.exec(plain);
    if (found !== null) return make(now, Number(found[1] ?? 0));
  }
  const weekday = weekdays.findIndex((pattern) => pattern.test(plain)) + 1;
  if (weekday === 0) return undefined;
  return days(now.startOf('day').plus({ days: (weekday - now.weekday + 7) % 7 }), 1);
}
