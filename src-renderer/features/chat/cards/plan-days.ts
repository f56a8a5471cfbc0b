import { appLanguage } from '../../../../src-shared/domain/app-language.ts';
import type { PlanItem } from '../../../../src-shared/domain/plan.ts';

export interface PlanDay {
  date: string;
  items: PlanItem[];
}

/** The posts of a plan by the creator's own days, in the order in which they are due. */
export function groupByDay(items: readonly PlanItem[]): PlanDay[] {
  const days = new Map<string, PlanItem[]>();
  for (const item of items.toSorted((one, other) => one.dueAt.localeCompare(other.dueAt))) {
    const day = days.get(item.date) ?? [];
    day.push(item);
    days.set(item.date, day);
  }
  return [...days].map(([date, ofDay]) => ({ date, items: ofDay }));
}

/** "Wednesday 25 November" for "2026-11-25": a day on a wall, whatever zone this computer is in. */
export function formatPlanDay(date: string): string {
  return new Intl.DateTimeFormat(appLanguage, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T12:00:00Z`));
}
