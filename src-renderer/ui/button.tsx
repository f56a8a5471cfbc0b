import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

const buttonClasses = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors duration-100 disabled:opacity-45 aria-disabled:opacity-45 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      look: {
        primary: 'bg-accent text-on-accent hover:bg-accent-strong',
        plain:
          'border border-line bg-raised text-ink shadow-card hover:bg-hover active:bg-pressed data-[state=open]:bg-hover',
        ghost:
          'text-ink-soft hover:bg-hover hover:text-ink active:bg-pressed data-[state=open]:bg-hover data-[state=on]:bg-pressed data-[state=on]:text-ink',
        good: 'border border-transparent bg-good-soft text-good hover:brightness-97 dark:hover:brightness-110',
        danger:
          'border border-transparent bg-bad-soft text-bad hover:brightness-97 dark:hover:brightness-110',
      },
      size: {
        small: 'h-7 px-2.5 text-xs',
        medium: 'h-8 px-3 text-sm',
        large: 'h-10 px-4 text-base',
        icon: 'size-8',
        'icon-small': 'size-7',
      },
    },
    defaultVariants: { look: 'plain', size: 'medium' },
  },
);

type ButtonLook = VariantProps<typeof buttonClasses>;
export type ButtonProps = ComponentProps<'button'> & ButtonLook;

export function Button({ look, size, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={classNames(buttonClasses({ look, size }), className)} {...rest} />;
}

export interface IconButtonProps extends Omit<ButtonProps, 'children'> {
  /** Its name for everyone: tooltip and accessible name. */
  label: string;
  keys?: string | undefined;
  children: ReactNode;
}

/** A button with only an icon; the name is shown in a tooltip. */
export function IconButton({
  label,
  keys,
  look = 'ghost',
  size = 'icon',
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <Button aria-label={label} look={look} size={size} {...rest}>
        {children}
      </Button>
    </Tooltip>
  );
}
