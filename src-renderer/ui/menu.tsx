import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';

const itemClasses =
  'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm outline-none data-disabled:opacity-45 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-soft';

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  isInitiallyOpen?: boolean;
}

export function Menu({ trigger, children, align = 'end', isInitiallyOpen = false }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={isInitiallyOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-enter overflow-y-auto rounded-lg bg-raised p-1 shadow-pop outline-none"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  keys?: string;
  isDangerous?: boolean;
  isDisabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({
  icon,
  keys,
  isDangerous = false,
  isDisabled = false,
  onSelect,
  children,
}: MenuItemProps) {
  return (
    <DropdownMenu.Item
      disabled={isDisabled}
      className={classNames(itemClasses, isDangerous && 'text-bad [&_svg]:text-bad')}
      onSelect={onSelect}
    >
      {icon}
      <span className="flex-1">{children}</span>
      {keys === undefined ? null : <Kbd>{keys}</Kbd>}
    </DropdownMenu.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-2xs font-medium text-ink-faint">
      {children}
    </DropdownMenu.Label>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />;
}

interface MenuChoiceProps {
  isChecked: boolean;
  onSelect: () => void;
  children: ReactNode;
  /** Keeps the menu open, for choices of which several can hold. */
  keepsOpen?: boolean;
}

export function MenuChoice({ isChecked, onSelect, children, keepsOpen = false }: MenuChoiceProps) {
  return (
    <DropdownMenu.CheckboxItem
      checked={isChecked}
      className={itemClasses}
      onSelect={(event) => {
        if (keepsOpen) event.preventDefault();
        onSelect();
      }}
    >
      <span className="flex size-4 items-center justify-center">
        <DropdownMenu.ItemIndicator>
          <Check />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}
