import type { DateTime } from 'luxon';

/** Where a post of a plan could stand. */
export interface PlanPlace {
  at: DateTime;
  warnings: string[];
}

export interface PlanFrame {
  firstDay: DateTime;
  dayCount: number;
  postCount: number;
  /** Wall-clock times of the week at which the creator likes to publish; empty where none are set. */
  slots: readonly { weekday: number; time: string }[];
  /** Instants at which something is planned already. */
  taken: readonly Date[];
  now: DateTime;
}

/** Without queue slots: when people are awake and have a moment. */
const usualTimes = ['10:00', '12:30', '18:00'];
const clashMs = 30 * 60_000;

/**
 * Spreads posts over the days of a plan: at the creator's own times where there are some, never at a time that has
 * passed, and with a word where something else stands close by or the clocks change.
 */
export function layOutPlan(frame: PlanFrame): PlanPlace[] {
  const { postCount, now } = frame;
  const places = allPlaces(frame).filter(({ at }) => at > now);
  const free = places.filter(({ at }) => !isTaken(at, frame));
  const chosen = spread(free.length >= postCount ? free : places, postCount);
  return chosen.map(({ at }) => ({ at, warnings: warningsFor(at, frame) }));
}

function allPlaces({ firstDay, dayCount, slots, postCount }: PlanFrame): { at: DateTime }[] {
  const perDay = Math.ceil(postCount / dayCount);
  return Array.from({ length: dayCount }, (_, index) =>
    firstDay.startOf('day').plus({ days: index }),
  ).flatMap((day, index) => {
    const own = slots.filter(({ weekday }) => weekday === day.weekday).map(({ time }) => time);
    // One usual time a day, another one the next day, unless there are more posts than days.
    const usual =
      perDay > 1
        ? usualTimes.slice(0, Math.max(perDay, 1))
        : [usualTimes[index % usualTimes.length] ?? '10:00'];
    const times = slots.length > 0 ? own : usual;
    return times.toSorted().map((time) => {
      const [hour = 0, minute = 0] = time.split(':').map(Number);
      return { at: day.set({ hour, minute }) };
    });
  });
}

/** Evenly over what there is, first and last included. */
function spread<Place>(places: readonly Place[], count: number): Place[] {
  if (places.length <= count) return [...places];
  if (count === 1) return places.slice(0, 1);
  const step = (places.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => places[Math.round(index * step)]).filter(
    (place) => place !== undefined,
  );
}

function isTaken(at: DateTime, { taken }: PlanFrame): boolean {
  return taken.some((other) => Math.abs(other.getTime() - at.toMillis()) < clashMs);
}

function warningsFor(at: DateTime, frame: PlanFrame): string[] {
  const changes = at.startOf('day').offset !== at.endOf('day').offset;
  return [
    ...(isTaken(at, frame) ? ['Something else is planned within half an hour.'] : []),
    ...(changes ? ['The clocks change on this day.'] : []),
  ];
}
