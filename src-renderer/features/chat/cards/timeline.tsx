import type { ReactNode } from 'react';
import { useZone } from '../../../app/zone.ts';
import { classNames } from '../../../ui/class-names.ts';
import { formatDateTimeIn } from '../../../ui/zone-time.ts';

export interface TimelineStep {
  at: string;
  title: string;
  detail: string | null;
  /** What the whole line is told for. */
  isEmphasised: boolean;
  link: ReactNode;
}

/** What happened, oldest first. */
export function Timeline({ label, steps }: { label: string; steps: readonly TimelineStep[] }) {
  const zone = useZone();
  return (
    <ol aria-label={label} className="px-4 py-3">
      {steps.map((step, index) => (
        <li key={`${step.at} ${index}`} className="group/step relative flex gap-3.5 pb-3.5 last:pb-0">
          <span
            aria-hidden
            className="absolute top-3 bottom-0 left-[4.5px] w-px bg-line group-last/step:hidden"
          />
          <span
            aria-hidden
            className={classNames(
              'relative mt-1.25 size-2.5 shrink-0 rounded-full border-2',
              step.isEmphasised ? 'border-warn bg-warn' : 'border-line-strong bg-raised',
            )}
          />
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <span className={classNames('min-w-0', step.isEmphasised ? 'font-semibold' : 'font-medium')}>
                {step.title}
              </span>
              <time dateTime={step.at} className="ml-auto shrink-0 text-xs text-ink-soft tabular">
                {formatDateTimeIn(step.at, zone)}
              </time>
            </div>
            {step.detail === null ? null : (
              <p className="selectable text-xs wrap-anywhere text-ink-soft">{step.detail}</p>
            )}
            {step.link}
          </div>
        </li>
      ))}
    </ol>
  );
}
