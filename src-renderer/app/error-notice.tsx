import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { errorCodeOf, isAway, titleOf } from './command-error.ts';
import { openSettings } from './navigation.ts';
import { exitOf, type Exit } from './way-out.ts';

export interface ErrorExits {
  retry?: (() => void) | undefined;
  locate?: (() => void) | undefined;
  chooseAnother?: (() => void) | undefined;
  showFile?: (() => void) | undefined;
}

interface ErrorNoticeProps extends ErrorExits {
  error: AppErrorDto;
  className?: string;
}

/** An error where it belongs on a screen: what happened, what was kept, and the way out as a button. */
export function ErrorNotice({ error, className, ...exits }: ErrorNoticeProps) {
  const handler = handlerOf(exitOf(error), exits);
  const isCalm = isAway(error);
  return (
    <div
      role={isCalm ? 'status' : 'alert'}
      className={classNames('flex gap-3 rounded-lg p-3.5', isCalm ? 'bg-panel' : 'bg-bad-soft', className)}
    >
      {isCalm ? (
        <TriangleAlert className="mt-0.5 size-4 shrink-0 text-ink-soft" />
      ) : (
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" />
      )}
      <div className="min-w-0 flex-1">
        <div className={classNames('font-semibold', !isCalm && 'text-bad')}>{titleOf(error)}</div>
        <p className="selectable mt-0.5 text-ink">{error.userMessage}</p>
        <div className="mt-2.5 flex flex-wrap items-center gap-2 empty:hidden">
          {handler === null ? null : (
            <Button size="small" onClick={handler.call}>
              {handler.label}
            </Button>
          )}
          {exits.retry !== undefined && handler?.call !== exits.retry && error.retry !== 'never' ? (
            <Button size="small" look={handler === null ? 'plain' : 'ghost'} onClick={exits.retry}>
              Try again
            </Button>
          ) : null}
        </div>
      </div>
      <span className="sr-only">Code {errorCodeOf(error)}</span>
    </div>
  );
}

function handlerOf(exit: Exit | null, exits: ErrorExits): { label: string; call: () => void } | null {
  if (exit === null) return null;
  if (exit.kind === 'settings') return { label: exit.label, call: () => openSettings(exit.section) };
  const call = exits[exit.handler];
  return call === undefined ? null : { label: exit.label, call };
}
