import { Switch } from 'radix-ui';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

const inputClasses =
  'w-full rounded-md border border-line bg-raised px-2.5 py-1.5 text-sm text-ink shadow-card outline-none transition-colors hover:border-line-strong focus-visible:border-accent focus-visible:ring-2 focus-visible:ring-accent/25';

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" className={classNames(inputClasses, 'h-8', className)} {...rest} />;
}

/** A list to pick one value from; the native element, since it is the most accessible one. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={classNames(inputClasses, 'h-8 w-auto min-w-44 pr-7', className)} {...rest} />;
}

interface SettingRowProps {
  title: string;
  description?: ReactNode;
  /** Gets the ids that tie the control to its words. */
  children: (ids: { labelId: string; descriptionId: string }) => ReactNode;
}

/** One setting: words on the left, control on the right. */
export function SettingRow({ title, description, children }: SettingRowProps) {
  const id = useId();
  const ids = { labelId: `${id}-label`, descriptionId: `${id}-description` };
  return (
    <div className="flex items-start justify-between gap-6 px-4 py-3">
      <div className="min-w-0">
        <div id={ids.labelId} className="font-medium">
          {title}
        </div>
        <div id={ids.descriptionId} className="mt-0.5 max-w-lg text-xs text-ink-soft">
          {description}
        </div>
      </div>
      <div className="shrink-0 pt-0.5">{children(ids)}</div>
    </div>
  );
}

interface ToggleProps {
  labelledBy: string;
  describedBy?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
}

export function Toggle({ labelledBy, describedBy, isOn, onChange, isDisabled = false }: ToggleProps) {
  return (
    <Switch.Root
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      checked={isOn}
      disabled={isDisabled}
      onCheckedChange={onChange}
      className="relative h-5.5 w-9 rounded-full bg-line-strong transition-colors data-[state=checked]:bg-accent"
    >
      <Switch.Thumb className="block size-4.5 translate-x-0.5 rounded-full bg-white shadow-sm transition-transform data-[state=checked]:translate-x-4" />
    </Switch.Root>
  );
}
