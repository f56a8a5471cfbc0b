import { Skeleton } from '../../ui/skeleton.tsx';
import type { CollectionLayout } from './asset-collection.tsx';

export function LibrarySkeleton({ layout }: { layout: CollectionLayout }) {
  return (
    <div role="status" aria-label="Loading the library" className="h-full overflow-hidden px-6">
      {layout === 'grid' ? (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(216px,1fr))] gap-5">
          {Array.from({ length: 12 }, (_, index) => (
            <div key={index}>
              <Skeleton className="aspect-16/10 rounded-lg" />
              <Skeleton className="mt-2.5 h-4 w-3/4" />
              <Skeleton className="mt-2 mb-1 h-3 w-1/3" />
            </div>
          ))}
        </div>
      ) : (
        Array.from({ length: 12 }, (_, index) => <Skeleton key={index} className="my-2 h-11 rounded-lg" />)
      )}
    </div>
  );
}
