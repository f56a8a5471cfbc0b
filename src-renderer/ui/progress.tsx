import { Progress as Primitive } from 'radix-ui';
import { classNames } from './class-names.ts';

interface ProgressProps {
  /** What it is the progress of. */
  label: string;
  /** 0 to 1; null while it cannot be known. */
  value: number | null;
  className?: string;
}

export function Progress({ label, value, className }: ProgressProps) {
  const percent = value === null ? null : Math.round(value * 100);
  return (
    <Primitive.Root
      aria-label={label}
      value={percent}
      className={classNames('h-1 overflow-hidden rounded-full bg-pressed', className)}
    >
      {percent === null ? (
        <Primitive.Indicator className="h-full w-1/3 animate-sweep rounded-full bg-accent motion-reduce:w-full motion-reduce:opacity-40" />
      ) : (
        <Primitive.Indicator
          className="h-full w-full origin-left rounded-full bg-accent transition-transform duration-300"
          style={{ transform: `scaleX(${percent / 100})` }}
        />
      )}
    </Primitive.Root>
  );
}
