import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
  onChange: (value: Value) => void;
  /** Shows icons only; the labels become names. */
  hasOnlyIcons?: boolean;
}

/** A few values side by side, one of which holds. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  hasOnlyIcons = false,
}: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option !== undefined) onChange(option.value);
      }}
      className="inline-flex h-8 items-center gap-0.5 rounded-md bg-hover p-0.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          {...(hasOnlyIcons ? { 'aria-label': option.label, title: option.label } : {})}
          className={classNames(
            'flex h-7 items-center justify-center gap-1.5 rounded-[5px] text-xs font-medium text-ink-soft transition-colors hover:text-ink data-[state=on]:bg-thumb data-[state=on]:text-ink data-[state=on]:shadow-card [&_svg]:size-4',
            hasOnlyIcons ? 'w-8' : 'px-3',
          )}
        >
          {option.icon}
          {hasOnlyIcons ? null : option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
