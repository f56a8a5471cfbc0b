import type { ReactNode } from 'react';
import { Skeleton } from '../../ui/skeleton.tsx';

/** A group of rows under a heading. */
export function Group({
  title,
  description,
  action,
  children,
}: {
  title?: string;
  description?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mb-7" {...(title === undefined ? {} : { 'aria-label': title })}>
      {title === undefined && action === undefined ? null : (
        <div className="mb-3 flex items-end justify-between gap-4">
          <div>
            <h2 className="font-semibold">{title}</h2>
            {description === undefined ? null : <p className="mt-0.5 text-ink-soft">{description}</p>}
          </div>
          <div className="shrink-0">{action}</div>
        </div>
      )}
      {children}
    </section>
  );
}

/** The frame around the rows of a group. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <div className="divide-y divide-line rounded-xl border border-line bg-raised shadow-card">{children}</div>
  );
}

export function RowsSkeleton({ count }: { count: number }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2">
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className="h-15 rounded-xl" />
      ))}
    </div>
  );
}
