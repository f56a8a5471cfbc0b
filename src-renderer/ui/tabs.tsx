import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

interface TabsProps {
  label: string;
  tabs: readonly { value: string; title: ReactNode; content: ReactNode }[];
  defaultValue: string;
}

export function Tabs({ label, tabs, defaultValue }: TabsProps) {
  return (
    <Primitive.Root defaultValue={defaultValue} className="flex min-h-0 flex-1 flex-col">
      <Primitive.List aria-label={label} className="flex shrink-0 gap-3 border-b border-line px-4">
        {tabs.map(({ value, title }) => (
          <Primitive.Trigger
            key={value}
            value={value}
            className="-mb-px flex h-10 items-center gap-1.5 rounded-t border-b-2 px-1 -outline-offset-2 border-transparent font-medium text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {title}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map(({ value, content }) => (
        <Primitive.Content key={value} value={value} className="min-h-0 flex-1 overflow-y-auto p-5">
          {content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
