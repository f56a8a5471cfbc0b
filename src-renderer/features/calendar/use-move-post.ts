import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useCommand } from '../../app/command-data.ts';
import { readAgain } from '../../app/read-again.ts';
import { formatMomentIn } from '../../ui/zone-time.ts';
import type { CalendarEntry } from './calendar-entry.ts';

/** Times that were given in the calendar and that the library does not know of yet, by post. */
export type MovedTimes = ReadonlyMap<string, string>;

/** Gives posts another time: seen at once, taken back where it is refused, undone with one click. */
export function useMovePost(zone: string): {
  moved: MovedTimes;
  move: (entry: CalendarEntry, dueAt: string) => void;
} {
  const queryClient = useQueryClient();
  const [moved, setMoved] = useState<MovedTimes>(new Map());
  // What is moved twice stands where it was moved last.
  const { mutateAsync: reschedule } = useCommand('reschedulePost', { scope: 'reschedule' });
  const forget = (postId: string, dueAt: string) =>
    setMoved((times) => {
      if (times.get(postId) !== dueAt) return times;
      const next = new Map(times);
      next.delete(postId);
      return next;
    });
  const send = async (entry: CalendarEntry, dueAt: string, formerDueAt: string | null) => {
    const { postId } = entry;
    setMoved((times) => new Map(times).set(postId, dueAt));
    const message = await reschedule({ postId, when: { kind: 'at', dueAt, zone } }).then(
      (result) => result.message,
      // The command itself has told why.
      () => null,
    );
    if (message !== null && formerDueAt !== null)
      toast(message, {
        id: `moved ${postId}`,
        action: { label: 'Undo', onClick: () => void send(entry, formerDueAt, null) },
      });
    // Until the list says so itself, however long it takes: or it would jump back and forth.
    if (message !== null) await readAgain(queryClient, ([method]) => method === 'listPosts');
    forget(postId, dueAt);
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
    void send(entry, dueAt, entry.dueAt);
  };
  return { moved, move };
}
