import { classNames } from './class-names.ts';

/** Stands where something will be; the shape is given by the class names. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('animate-shimmer rounded-md bg-hover', className)} />;
}
