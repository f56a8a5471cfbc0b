import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface LabelledProps {
  label: string;
  /** What to know before filling it in. */
  hint?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A control of a form under its name. */
export function Labelled({ label, hint, children, className }: LabelledProps) {
  return (
    <label className={classNames('block', className)}>
      <span className="mb-1.5 block text-xs font-medium text-ink-soft">{label}</span>
      {children}
      {hint === undefined ? null : <span className="mt-1 block text-xs text-ink-faint">{hint}</span>}
    </label>
  );
}
