import { cva, type VariantProps } from 'class-variance-authority';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const badgeClasses = cva(
  'inline-flex h-5 shrink-0 items-center gap-1 rounded px-1.5 text-2xs font-medium whitespace-nowrap tabular [&_svg]:size-3',
  {
    variants: {
      tone: {
        neutral: 'bg-pressed text-ink-soft',
        accent: 'bg-accent-soft text-accent',
        good: 'bg-good-soft text-good',
        warn: 'bg-warn-soft text-warn',
        bad: 'bg-bad-soft text-bad',
        overlay: 'bg-media/75 text-white backdrop-blur-sm',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeClasses>['tone']>;

export function Badge({
  tone,
  children,
  className,
}: {
  tone?: Tone;
  children: ReactNode;
  className?: string;
}) {
  return <span className={classNames(badgeClasses({ tone }), className)}>{children}</span>;
}
