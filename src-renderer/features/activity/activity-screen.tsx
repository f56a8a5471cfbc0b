import { useQuery } from '@tanstack/react-query';
import { Coffee } from 'lucide-react';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ActivityRow } from './activity-row.tsx';
import { groupActivity } from './group-activity.ts';

/** Everything that runs, waits or has failed, and what ended lately. */
export function ActivityScreen() {
  const { data, error, refetch } = useQuery(commandQuery('listActivity', {}));
  const nowMs = useNow(30_000);
  return (
    <div className="h-full overflow-y-auto" tabIndex={0} role="region" aria-label="Activity">
      <div className="mx-auto max-w-4xl px-6 pt-5 pb-16">
        <h1 className="mb-5 font-serif text-3xl leading-none font-medium tracking-tight">Activity</h1>
        {data === undefined ? (
          error === null ? (
            <ActivitySkeleton />
          ) : (
            <ErrorNotice error={error.dto} retry={() => void refetch()} />
          )
        ) : data.items.length === 0 ? (
          <EmptyState icon={<Coffee />} title="All is quiet">
            Nothing runs, waits or has failed. Work that you start is shown here, with how long it will take.
          </EmptyState>
        ) : (
          groupActivity(data.items).map(({ title, items }) => (
            <section key={title} aria-label={title} className="mb-7">
              <h2 className="mb-2 flex items-baseline gap-2 font-semibold">
                {title}{' '}
                <span className="font-normal text-ink-faint tabular">{formatCount(items.length)}</span>
              </h2>
              <ul className="overflow-hidden rounded-xl border border-line bg-raised shadow-card">
                {items.map((item) => (
                  <ActivityRow key={item.activityId} item={item} nowMs={nowMs} />
                ))}
              </ul>
            </section>
          ))
        )}
      </div>
    </div>
  );
}

function ActivitySkeleton() {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: 5 }, (_, index) => (
        <Skeleton key={index} className="mb-2 h-15 rounded-xl" />
      ))}
    </div>
  );
}
