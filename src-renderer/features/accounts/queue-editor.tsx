import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, ListOrdered, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { QueueSlot } from '../../../src-shared/domain/queue-slot.ts';
import { useFirstWeekday } from '../../app/first-weekday.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { useZone } from '../../app/zone.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Select, TextInput } from '../../ui/field.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { zoneCity } from '../../ui/zone-time.ts';
import { ZoneOptions } from '../posts/when-picker.tsx';
import {
  byTime,
  weekdaysFrom,
  weekdayTitle,
  withoutTime,
  withSlotToggled,
  withTimeAdded,
} from './queue-slots.ts';

/** The times of the week at which an account likes to publish; “next free slot” takes the first without a post. */
export function QueueEditor({ account }: { account: Account }) {
  const [isOpen, setIsOpen] = useState(false);
  const ownZone = useZone();
  const { data } = useQuery(commandQuery('listQueueSlots', {}));
  const queue = data?.queues.find(({ accountId }) => accountId === account.accountId);
  const slots = queue?.slots ?? [];
  const zone = queue?.zone ?? ownZone;
  const panelId = `queue-${account.accountId}`;
  return (
    <div className="mt-2 pl-12.5">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setIsOpen(!isOpen)}
        className="-ml-1.5 flex h-7 items-center gap-1.5 rounded-md px-1.5 text-xs text-ink-soft hover:bg-hover hover:text-ink"
      >
        <ListOrdered className="size-3.5" />
        {data === undefined
          ? 'Queue'
          : slots.length === 0
            ? 'No queue yet'
            : `${formatQuantity(slots.length, 'slot')} a week, ${zoneCity(zone)} time`}
        <ChevronDown className={classNames('size-3.5 transition-transform', isOpen && 'rotate-180')} />
      </button>
      <div id={panelId}>
        {isOpen && data !== undefined ? (
          <OpenQueue accountId={account.accountId} name={account.name} slots={slots} zone={zone} />
        ) : null}
      </div>
    </div>
  );
}

interface OpenQueueProps {
  accountId: string;
  name: string;
  /** As they are kept. */
  slots: readonly QueueSlot[];
  zone: string;
}

const queuesKey = commandQuery('listQueueSlots', {}).queryKey;

function OpenQueue({ accountId, name, slots: keptSlots, zone: keptZone }: OpenQueueProps) {
  const firstWeekday = useFirstWeekday();
  const [time, setTime] = useState('10:00');
  const queryClient = useQueryClient();
  const set = useCommand('setQueueSlots', {
    scope: `queue ${accountId}`,
    onSuccess: (queue) => {
      // What is being read meanwhile may be from before.
      void queryClient.cancelQueries({ queryKey: queuesKey });
      queryClient.setQueryData(queuesKey, (before) =>
        before === undefined
          ? before
          : { queues: [...before.queues.filter((other) => other.accountId !== accountId), queue] },
      );
    },
  });
  // Each change is made to what the person sees, and that is what was asked for last.
  const wanted = set.isPending ? set.variables : undefined;
  const slots = wanted?.slots ?? keptSlots;
  const zone = wanted?.zone ?? keptZone;
  const save = (next: readonly QueueSlot[], nextZone = zone) =>
    set.mutate({ accountId, zone: nextZone, slots: [...next] });
  return (
    <div className="mt-2 max-w-md">
      {slots.length > 0 ? null : (
        <p className="mb-2.5 text-xs text-ink-soft">
          Add the times of the week at which you like to post here. “Next free slot” in the composer fills
          them one after the other.
        </p>
      )}
      <ul className="flex flex-col gap-1.5">
        {byTime(slots).map((row) => (
          <li key={row.time} className="flex items-center gap-2">
            <span className="w-12 font-medium tabular">{row.time}</span>
            <span role="group" aria-label={`Days at ${row.time}`} className="flex gap-1">
              {weekdaysFrom(firstWeekday).map((weekday) => {
                const isOn = row.weekdays.includes(weekday);
                return (
                  <button
                    key={weekday}
                    type="button"
                    aria-pressed={isOn}
                    onClick={() => save(withSlotToggled(slots, { weekday, time: row.time }))}
                    className={classNames(
                      'h-7 w-9 rounded-md text-xs font-medium',
                      isOn
                        ? 'bg-accent text-on-accent'
                        : 'bg-hover text-ink-soft hover:bg-pressed hover:text-ink',
                    )}
                  >
                    {weekdayTitle(weekday)}
                  </button>
                );
              })}
            </span>
            <IconButton
              label={`Remove ${row.time}`}
              size="icon-small"
              onClick={() => save(withoutTime(slots, row.time))}
            >
              <Trash2 />
            </IconButton>
          </li>
        ))}
      </ul>
      <form
        className="mt-2.5 flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (/^\d\d:\d\d$/.test(time)) save(withTimeAdded(slots, time));
        }}
      >
        <TextInput
          type="time"
          aria-label={`Another time for ${name}`}
          className="w-32 tabular"
          value={time}
          onChange={({ target }) => setTime(target.value.slice(0, 5))}
        />
        <Button type="submit">
          <Plus /> Add
        </Button>
        <Select
          aria-label={`Time zone of the queue of ${name}`}
          className="max-w-56 min-w-0"
          value={zone}
          onChange={({ target }) => save(slots, target.value)}
        >
          <ZoneOptions zone={zone} />
        </Select>
      </form>
    </div>
  );
}
