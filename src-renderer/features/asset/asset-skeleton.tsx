import { Skeleton } from '../../ui/skeleton.tsx';

export function AssetSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex h-full flex-col">
      <div className="border-b border-line px-6 pt-4 pb-4">
        <Skeleton className="h-5 w-20" />
        <Skeleton className="mt-3.5 h-7 w-96 max-w-full" />
        <Skeleton className="mt-3 h-4 w-56" />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="mx-auto w-full max-w-3xl flex-1 px-10 pt-6">
          {['w-full', 'w-11/12', 'w-4/5', 'w-full', 'w-2/3', 'w-11/12', 'w-3/4'].map((width, index) => (
            <Skeleton key={index} className={`mb-5 h-6 ${width}`} />
          ))}
        </div>
        <div className="w-92 border-l border-line p-5 max-xl:w-80 max-lg:w-72">
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="mt-6 h-24 w-full" />
        </div>
      </div>
      <Skeleton className="h-17 rounded-none" />
    </div>
  );
}
