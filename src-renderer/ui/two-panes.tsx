import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface TwoPanesProps {
  /** What the wide part is called. */
  label: string;
  asideLabel: string;
  aside: ReactNode;
  /** Widths, and how its content is laid out. */
  asideClassName: string;
  children: ReactNode;
}

/** A wide part and a narrow one beside it, each with a scroll of its own; a narrow window stacks them. */
export function TwoPanes({ label, asideLabel, aside, asideClassName, children }: TwoPanesProps) {
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
      <div
        className="min-w-0 flex-1 overflow-y-auto max-md:flex-none max-md:overflow-visible"
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        {children}
      </div>
      <aside
        aria-label={asideLabel}
        tabIndex={0}
        className={classNames(
          'shrink-0 overflow-y-auto border-l border-line bg-panel/60 -outline-offset-2 max-md:w-full max-md:overflow-visible max-md:border-t max-md:border-l-0',
          asideClassName,
        )}
      >
        {aside}
      </aside>
    </div>
  );
}
