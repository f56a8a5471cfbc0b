import { Ban, Check, Circle, CircleAlert, CircleDashed, LoaderCircle, Minus } from 'lucide-react';
import type { IngestStep, StepState } from '../../../src-shared/domain/asset.ts';
import { titleOf } from '../../app/command-error.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatDuration, formatPercent, formatRemaining } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { stepStateTitles, stepTitles } from '../library/asset-words.ts';

/** What is done to a recording, step by step, with progress, time left and reasons. */
export function StepsList({ steps }: { steps: readonly IngestStep[] }) {
  return (
    <ol className="flex flex-col">
      {steps.map((step) => (
        <li key={step.step} className="flex gap-3 py-1.5">
          <StepIcon state={step.state} />
          <div className="min-w-0 flex-1">
            <div className="flex justify-between gap-3">
              <span className={classNames('font-medium', step.state === 'waiting' && 'text-ink-soft')}>
                {stepTitles[step.step]}
              </span>
              <span className="shrink-0 text-xs text-ink-soft tabular">{timing(step)}</span>
            </div>
            {step.state === 'running' ? (
              <Progress label={stepTitles[step.step]} value={step.progress} className="mt-1.5 mb-1" />
            ) : null}
            {step.error !== null && step.state === 'failed' ? (
              <p className="mt-0.5 text-xs text-bad">{titleOf(step.error)}</p>
            ) : step.note === null ? null : (
              <p className="mt-0.5 text-xs text-ink-soft">{step.note}</p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function timing(step: IngestStep): string {
  if (step.state === 'running') {
    const parts = [
      step.progress === null ? null : formatPercent(step.progress),
      formatRemaining(step.remainingMs),
      step.attempt > 1 ? `try ${step.attempt}` : null,
    ];
    return parts.filter((part) => part !== null).join(', ');
  }
  if (step.state === 'done' && step.startedAt !== null && step.endedAt !== null) {
    return formatDuration(Date.parse(step.endedAt) - Date.parse(step.startedAt));
  }
  return stepStateTitles[step.state];
}

function StepIcon({ state }: { state: StepState }) {
  const classes = 'mt-0.5 size-4 shrink-0';
  const label = stepStateTitles[state];
  switch (state) {
    case 'done':
      return <Check aria-label={label} className={classNames(classes, 'text-good')} />;
    case 'running':
      return <LoaderCircle aria-label={label} className={classNames(classes, 'animate-spin text-accent')} />;
    case 'waiting':
      return <Circle aria-label={label} className={classNames(classes, 'text-line-strong')} />;
    case 'deferred':
      return <CircleDashed aria-label={label} className={classNames(classes, 'text-warn')} />;
    case 'skipped':
      return <Minus aria-label={label} className={classNames(classes, 'text-ink-faint')} />;
    case 'failed':
      return <CircleAlert aria-label={label} className={classNames(classes, 'text-bad')} />;
    case 'cancelled':
      return <Ban aria-label={label} className={classNames(classes, 'text-ink-faint')} />;
  }
}
