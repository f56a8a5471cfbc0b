import { RotateCw } from 'lucide-react';
import type { ProcessStatus } from '../../src-shared/domain/process-status.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { useLasting } from '../ui/lasting.ts';
import { Popover } from '../ui/popover.tsx';
import { bridge } from './bridge.ts';
import { showError } from './error-toast.tsx';
import { processStateTitles, processTitles, summariseHealth, type Health } from './health.ts';
import { useProcesses } from './live-updates.tsx';
import { openSettings } from './navigation.ts';

const dotClasses = {
  ready: 'bg-good',
  starting: 'bg-warn animate-pulse-soft',
  broken: 'bg-bad',
} as const satisfies Record<Health['level'], string>;

export async function retryPart(name: ProcessStatus['name']): Promise<void> {
  const result = await bridge.retryProcess(name);
  if (!result.ok) showError(result.error, { onRetry: () => void retryPart(name) });
}

/** One quiet line about all parts; opens to a line for each. */
export function StatusStrip({ isNarrow }: { isNarrow: boolean }) {
  const processes = useProcesses();
  const health = summariseHealth(processes);
  return (
    <Popover
      label="State of all parts"
      side="top"
      className="w-80 p-1.5"
      trigger={
        <button
          type="button"
          aria-label={`State: ${health.headline}`}
          className={classNames(
            'flex min-h-8 min-w-0 items-center gap-2 rounded-md text-left text-xs leading-4 text-ink-soft hover:bg-hover data-[state=open]:bg-hover',
            isNarrow ? 'w-9 justify-center' : 'flex-1 px-2',
          )}
        >
          <span className={classNames('size-1.5 shrink-0 rounded-full', dotClasses[health.level])} />
          {isNarrow ? null : (
            <span
              role="status"
              className={classNames('line-clamp-2', health.level === 'broken' && 'font-medium text-bad')}
            >
              {health.headline}
            </span>
          )}
        </button>
      }
    >
      <ul>
        {processes.map((part) => (
          <PartLine key={part.name} part={part} />
        ))}
      </ul>
      <div className="mt-1 border-t border-line pt-1.5">
        <Button look="ghost" size="small" className="w-full" onClick={() => openSettings('diagnostics')}>
          Open diagnostics
        </Button>
      </div>
    </Popover>
  );
}

function PartLine({ part }: { part: ProcessStatus }) {
  return (
    <li className="flex items-start gap-2.5 rounded-md px-2.5 py-1.5">
      <span className={classNames('mt-1.75 size-1.5 shrink-0 rounded-full', partDot(part))} />
      <div className="min-w-0 flex-1">
        <div className="flex justify-between gap-2">
          <span className="font-medium">{processTitles[part.name]}</span>
          <span className="text-xs text-ink-soft">{processStateTitles[part.state]}</span>
        </div>
        {part.message === null || part.state === 'ready' ? null : (
          <p className="mt-0.5 text-xs text-ink-soft">{part.message}</p>
        )}
        {part.canRetry ? (
          <Button size="small" className="mt-1.5" onClick={() => void retryPart(part.name)}>
            <RotateCw /> Start it again
          </Button>
        ) : null}
      </div>
    </li>
  );
}

export function partDot({ state }: ProcessStatus): string {
  switch (state) {
    case 'ready':
      return dotClasses.ready;
    case 'starting':
    case 'stopping':
      return dotClasses.starting;
    case 'failed':
      return dotClasses.broken;
    case 'stopped':
      return 'bg-line-strong';
  }
}

const awayDelayMs = 900;

/** Tells that what is shown is the last known state. Comes with a delay, so that a quick restart moves nothing. */
export function AwayBar() {
  const processes = useProcesses();
  const health = summariseHealth(processes);
  const api = processes.find(({ name }) => name === 'api');
  const isShown = useLasting(health.isLibraryAway, awayDelayMs);
  if (!isShown) return null;
  return (
    <div
      role="status"
      className="flex min-h-9 animate-fade items-center gap-2.5 border-b border-line bg-warn-soft px-6 py-1"
    >
      <span className={classNames('size-1.5 rounded-full', dotClasses[health.level])} />
      <span className={classNames('font-medium', health.level === 'broken' ? 'text-bad' : 'text-warn')}>
        {health.headline}
      </span>
      <span className="text-ink-soft">{awayExplanation(health, api)}</span>
      {api?.canRetry === true ? (
        <Button size="small" className="ml-auto" onClick={() => void retryPart('api')}>
          <RotateCw /> Start it again
        </Button>
      ) : null}
    </div>
  );
}

function awayExplanation(health: Health, api: ProcessStatus | undefined): string {
  if (health.level === 'broken')
    return api?.message ?? 'What you see is the last known state. Nothing is lost.';
  return api === undefined || api.restartCount === 0
    ? 'Your library opens in a moment.'
    : 'You are looking at the last known state. Nothing is lost; work continues on its own.';
}
