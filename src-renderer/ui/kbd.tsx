import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A key as it is written on the keyboard. */
export function Kbd({ children, isInverted = false }: { children: ReactNode; isInverted?: boolean }) {
  return (
    <kbd
      className={classNames(
        'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded px-1 font-sans text-2xs font-medium tabular',
        isInverted ? 'bg-canvas/18 text-canvas' : 'border border-line bg-panel text-ink-soft',
      )}
    >
      {children}
    </kbd>
  );
}
