import { useQuery } from '@tanstack/react-query';
import { Info, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { commandQuery } from '../../app/command-data.ts';
import { openSettings } from '../../app/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextInput } from '../../ui/field.tsx';
import { useNow } from '../../ui/now.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { formatMomentIn, knownZones, zoneCity, zoneTitle } from '../../ui/zone-time.ts';
import { readWhen, remarkOn, type When } from './when.ts';

interface WhenPickerProps {
  when: When;
  onChange: (when: When) => void;
  /** Their queues give the next free slot. */
  accountIds: readonly string[];
}

const kinds = [
  { value: 'at', label: 'At a time' },
  { value: 'next-slot', label: 'Next free slot' },
  { value: 'now', label: 'Now' },
] as const;

/** When a post goes out: a time in a zone, written or picked, the next free queue slot, or now. */
export function WhenPicker({ when, onChange, accountIds }: WhenPickerProps) {
  return (
    <div>
      <Segmented
        label="When"
        value={when.kind}
        options={kinds}
        onChange={(kind) => onChange({ ...when, kind })}
      />
      <div className="mt-3">
        {when.kind === 'at' ? (
          <AtTime when={when} onChange={onChange} />
        ) : when.kind === 'next-slot' ? (
          <NextSlot accountIds={accountIds} />
        ) : (
          <p className="text-xs text-ink-soft">It is sent as soon as you confirm.</p>
        )}
      </div>
    </div>
  );
}

function AtTime({ when, onChange }: { when: When; onChange: (when: When) => void }) {
  const nowMs = useNow(15_000);
  const [text, setText] = useState('');
  // Before anything is chosen there is nothing wrong yet.
  const isUntouched = when.date === '' && when.time === '';
  const remark = isUntouched ? null : remarkOn(when, nowMs);
  return (
    <>
      <TextInput
        aria-label="When, in words"
        placeholder="tomorrow at 9, fri 10:30, in 2 hours…"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          const read = readWhen(target.value, nowMs, when.zone);
          if (read !== null) onChange({ ...when, ...read });
        }}
      />
      <div className="mt-2 flex flex-wrap gap-2">
        <TextInput
          type="date"
          aria-label="Day"
          className="min-w-32 flex-1 tabular"
          value={when.date}
          onChange={({ target }) => onChange({ ...when, date: target.value })}
        />
        <TextInput
          type="time"
          aria-label="Time"
          className="min-w-26 flex-1 tabular"
          value={when.time}
          onChange={({ target }) => onChange({ ...when, time: target.value.slice(0, 5) })}
        />
      </div>
      <Select
        aria-label="Time zone"
        className="mt-2 w-full"
        value={when.zone}
        onChange={({ target }) => onChange({ ...when, zone: target.value })}
      >
        <ZoneOptions zone={when.zone} />
      </Select>
      {remark === null ? null : (
        <p
          role="status"
          className={`mt-2 flex gap-1.5 text-xs ${remark.isRefused ? 'text-bad' : 'text-warn'}`}
        >
          {remark.isRefused ? (
            <TriangleAlert className="mt-0.5 size-3.5 shrink-0" />
          ) : (
            <Info className="mt-0.5 size-3.5 shrink-0" />
          )}
          {remark.text}
        </p>
      )}
    </>
  );
}

export function ZoneOptions({ zone }: { zone: string }) {
  const zones = knownZones();
  const now = new Date().toISOString();
  return (
    <>
      {zones.includes(zone) ? null : <option value={zone}>{zone}</option>}
      {zones.map((name, index) => (
        <option key={name} value={name}>
          {index === 0
            ? `${zoneTitle(name, now)} (here)`
            : name === zone
              ? zoneTitle(name, now)
              : name.replaceAll('_', ' ')}
        </option>
      ))}
    </>
  );
}

function NextSlot({ accountIds }: { accountIds: readonly string[] }) {
  const nowMs = useNow(60_000);
  const { data, error } = useQuery({
    ...commandQuery('findNextSlot', { accountIds: [...accountIds] }),
    enabled: accountIds.length > 0,
  });
  if (accountIds.length === 0)
    return <p className="text-xs text-ink-soft">Choose an account first; each has slots of its own.</p>;
  if (error !== null) return <p className="text-xs text-bad">{error.dto.userMessage}</p>;
  if (data === undefined) return <p className="text-xs text-ink-soft">Looking…</p>;
  if (data.due === null)
    return (
      <div className="text-xs text-ink-soft">
        <p>No free slot: these accounts have no queue yet.</p>
        <Button size="small" className="mt-2" onClick={() => openSettings('accounts')}>
          Set up a queue
        </Button>
      </div>
    );
  return (
    <p className="text-base font-medium" role="status">
      {formatMomentIn(data.due.dueAt, data.due.zone, nowMs)} ({zoneCity(data.due.zone)})
    </p>
  );
}
