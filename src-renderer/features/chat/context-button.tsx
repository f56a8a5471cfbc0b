import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { UnsentDraft } from '../../../src-shared/domain/conversation.ts';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { formatPercent } from '../../ui/format.ts';
import { Popover } from '../../ui/popover.tsx';
import { ContextParts } from './context-parts.tsx';

const pauseMs = 500;
const radius = 6;
const circumference = 2 * Math.PI * radius;

interface ContextButtonProps {
  conversationId: string;
  draft: UnsentDraft;
  /** Changes with the messages, so that the meter is read again. */
  revision: string;
}

/** How full the model's memory would be with this message; opens to what goes in and what is left out, and why. */
export function ContextButton({ conversationId, draft, revision }: ContextButtonProps) {
  const settled = useSettled(draft);
  const query = commandQuery('readContextMeter', { conversationId, ...settled });
  const { data, error, refetch } = useQuery({
    ...query,
    queryKey: [...query.queryKey, revision] as unknown as typeof query.queryKey,
    placeholderData: (previous) => previous,
    retry: false,
  });
  if (data === undefined && error === null) return null;
  const fraction = data === undefined ? 0 : Math.min(1, data.usedTokens / data.contextTokens);
  const leftOutCount = data?.parts.filter(({ state }) => state !== 'whole').length ?? 0;
  const label =
    data === undefined
      ? 'What goes in cannot be measured'
      : `What goes in: ${formatPercent(fraction)} of the room${leftOutCount === 0 ? '' : ', not everything fits'}`;
  return (
    <Popover
      label="What goes in"
      side="top"
      className="w-96 p-4"
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="flex h-8 items-center gap-1.5 rounded-md px-2 text-xs text-ink-soft tabular hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
        >
          <svg viewBox="0 0 16 16" aria-hidden className="size-4 -rotate-90" fill="none" strokeWidth="2.5">
            <circle cx="8" cy="8" r={radius} className="stroke-line-strong" />
            <circle
              cx="8"
              cy="8"
              r={radius}
              strokeDasharray={circumference}
              strokeDashoffset={circumference * (1 - fraction)}
              className={leftOutCount > 0 ? 'stroke-warn' : 'stroke-accent'}
            />
          </svg>
          {leftOutCount > 0 ? 'Not everything fits' : formatPercent(fraction)}
        </button>
      }
    >
      {error === null || data !== undefined ? null : (
        <ErrorNotice error={error.dto} retry={() => void refetch()} />
      )}
      {data === undefined ? null : <ContextParts meter={data} title="What goes in" />}
    </Popover>
  );
}

/** The draft as it was at the last pause in typing. */
function useSettled(draft: UnsentDraft): UnsentDraft {
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), pauseMs);
    return () => clearTimeout(timer);
  }, [draft]);
  return settled;
}
