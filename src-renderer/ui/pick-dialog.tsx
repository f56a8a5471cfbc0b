import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface PickDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  children: ReactNode;
}

/** A dialog in which one looks for something and picks it. What is inside is there while it is open only. */
export function PickDialog({ isOpen, onOpenChange, title, children }: PickDialogProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-40 w-[min(38rem,calc(100vw-3rem))] -translate-x-1/2 animate-fade overflow-hidden rounded-xl bg-raised shadow-pop outline-none"
        >
          <Primitive.Title className="sr-only">{title}</Primitive.Title>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface PickListProps {
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  /** The text that the items were found for; null while they are looked for. */
  foundFor: string | null;
  /** The value of the first item: marked until the person marks another one, for every text anew. */
  firstValue: string | undefined;
  /** Items and groups of them, found by whoever shows the list. */
  children: ReactNode;
}

/** A field, and what was found for it; arrow keys and Enter choose. */
export function PickList(props: PickListProps) {
  const { label, placeholder, text, onText, foundFor, firstValue = '', children } = props;
  const [marked, setMarked] = useState({ foundFor, value: firstValue });
  return (
    <Command
      shouldFilter={false}
      label={label}
      value={marked.foundFor === foundFor ? marked.value : firstValue}
      onValueChange={(value) => setMarked({ foundFor, value })}
    >
      <div className="flex h-12 items-center gap-3 border-b border-line px-4">
        <Search className="size-4 shrink-0 text-ink-faint" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={onText}
          placeholder={placeholder}
          className="h-full flex-1 bg-transparent text-base outline-none"
        />
      </div>
      <Command.List className="max-h-[52vh] overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-faint">
        <Command.Empty className="px-4 py-10 text-center text-ink-soft">
          Nothing was found for this.
        </Command.Empty>
        {children}
      </Command.List>
    </Command>
  );
}

export function PickGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return <Command.Group heading={heading}>{children}</Command.Group>;
}

interface PickItemProps {
  value: string;
  icon: ReactNode;
  onSelect: () => void;
  className?: string;
  children: ReactNode;
}

export function PickItem({ value, icon, onSelect, className, children }: PickItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className={classNames(
        'flex min-h-9 items-center gap-3 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-pressed [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-soft',
        className,
      )}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
    </Command.Item>
  );
}
