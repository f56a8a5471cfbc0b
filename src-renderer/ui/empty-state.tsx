import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function EmptyState({ icon, title, children, actions, className }: EmptyStateProps) {
  return (
    <div
      className={classNames(
        'flex h-full min-h-72 flex-col items-center justify-center px-8 py-12 text-center',
        className,
      )}
    >
      <div className="mb-5 text-ink-faint [&_svg]:size-9 [&_svg]:stroke-[1.25]">{icon}</div>
      <h2 className="font-serif text-2xl text-balance">{title}</h2>
      {children === undefined ? null : (
        <div className="mt-2 max-w-md text-base text-balance text-ink-soft">{children}</div>
      )}
      {actions === undefined ? null : (
        <div className="mt-6 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}
