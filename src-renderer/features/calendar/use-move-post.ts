import { useState } from 'react';
import { toast } from 'sonner';
import { useCommand } from '../../app/command-data.ts';
import { formatMomentIn } from '../../ui/zone-time.ts';
import type { CalendarEntry } from './calendar-entry.ts';

/** Times that were given in the calendar and that the library does not know of yet, by post. */
export type MovedTimes = ReadonlyMap<string, string>;

/** How long a new time is shown on trust once it was taken; by then the list has been read again. */
const trustMs = 2_000;

/** Gives posts another time: seen at once, taken back where it is refused, undone with one click. */
export function useMovePost(zone: string): {
  moved: MovedTimes;
  move: (entry: CalendarEntry, dueAt: string) => void;
} {
  const [moved, setMoved] = useState<MovedTimes>(new Map());
  const reschedule = useCommand('reschedulePost');
  const forget = (postId: string, dueAt: string) =>
    setMoved((times) => {
      if (times.get(postId) !== dueAt) return times;
      const next = new Map(times);
      next.delete(postId);
      return next;
    });
  const send = (entry: CalendarEntry, dueAt: string, formerDueAt: string | null) => {
    const { postId } = entry;
    setMoved((times) => new Map(times).set(postId, dueAt));
    reschedule.mutate(
      { postId, when: { kind: 'at', dueAt, zone } },
      {
        onSuccess: ({ message }) => {
          setTimeout(() => forget(postId, dueAt), trustMs);
          if (formerDueAt === null) return;
          toast(message, {
            id: `moved ${postId}`,
            action: { label: 'Undo', onClick: () => send(entry, formerDueAt, null) },
          });
        },
        onError: () => forget(postId, dueAt),
      },
    );
  };
  const move = (entry: CalendarEntry, dueAt: string) => {
    if (dueAt === entry.dueAt) return;
    if (Date.parse(dueAt) <= Date.now()) {
      toast.warning('That time has passed', {
        id: `moved ${entry.postId}`,
        description: `The post stays where it was: ${formatMomentIn(entry.dueAt, zone, Date.now())}.`,
      });
      return;
    }
    send(entry, dueAt, entry.dueAt);
  };
  return { moved, move };
}
