import { useEffect, useRef, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface QueueListProps<Item> {
  label: string;
  items: readonly Item[];
  idOf: (item: Item) => string;
  currentId: string | undefined;
  onOpen: (item: Item) => void;
  /** What a line says. */
  children: (item: Item) => ReactNode;
}

/** What waits to be decided, one line each. Keys move through it from the screen; the current line stays in sight. */
export function QueueList<Item>({ label, items, idOf, currentId, onOpen, children }: QueueListProps<Item>) {
  const listRef = useRef<HTMLUListElement>(null);
  useEffect(() => {
    listRef.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto px-3 pb-4 -outline-offset-2"
    >
      <ul ref={listRef}>
        {items.map((item) => {
          const isCurrent = idOf(item) === currentId;
          return (
            <li key={idOf(item)}>
              <button
                type="button"
                tabIndex={-1}
                {...(isCurrent ? { 'aria-current': 'true' as const } : {})}
                onClick={() => onOpen(item)}
                className={classNames(
                  'block w-full rounded-lg px-2.5 py-2 text-left hover:bg-hover',
                  isCurrent && 'bg-pressed hover:bg-pressed',
                )}
              >
                {children(item)}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
