import { useState, type ReactNode } from 'react';
import type { WhenInput } from '../../../src-shared/contract/post-inputs.ts';
import type { DueTime } from '../../../src-shared/domain/post.ts';
import { useZone } from '../../app/zone.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/now.ts';
import { Popover } from '../../ui/popover.tsx';
import { defaultWhen, remarkOn, toWhenInput, whenOf, type When } from './when.ts';
import { WhenPicker } from './when-picker.tsx';

interface MovePopoverProps {
  trigger: ReactNode;
  due: DueTime | null;
  accountIds: readonly string[];
  onMove: (when: WhenInput) => void;
}

/** Gives a post another time. */
export function MovePopover({ trigger, due, accountIds, onMove }: MovePopoverProps) {
  const [isOpen, setIsOpen] = useState(false);
  const zone = useZone();
  const nowMs = useNow(15_000);
  const first = (): When =>
    due === null || Date.parse(due.dueAt) < Date.now()
      ? defaultWhen(Date.now(), due?.zone ?? zone)
      : whenOf(due);
  const [when, setWhen] = useState(first);
  const input = toWhenInput(when);
  const isRefused = remarkOn(when, nowMs)?.isRefused === true;
  return (
    <Popover
      label="Another time"
      align="end"
      className="w-84 p-4"
      isOpen={isOpen}
      onOpenChange={(next) => {
        if (next) setWhen(first());
        setIsOpen(next);
      }}
      trigger={trigger}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (input === null || isRefused) return;
          setIsOpen(false);
          onMove(input);
        }}
      >
        <WhenPicker when={when} onChange={setWhen} accountIds={accountIds} />
        <div className="mt-4 flex justify-end">
          <Button look="primary" type="submit" disabled={input === null || isRefused}>
            {when.kind === 'now' ? 'Publish now' : 'Move it'}
          </Button>
        </div>
      </form>
    </Popover>
  );
}
