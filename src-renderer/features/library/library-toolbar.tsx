import { ArrowDownNarrowWide, CircleHelp, LayoutGrid, ListFilter, Rows3, Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useHotkeys } from '../../app/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu, MenuChoice, MenuLabel, MenuSeparator } from '../../ui/menu.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { kindTitles, sortTitles, statusTitles } from './asset-words.ts';
import {
  kindChoices,
  sortChoices,
  sortOf,
  statusChoices,
  toggleChoice,
  type LibrarySearch,
} from './library-search.ts';

interface LibraryToolbarProps {
  search: LibrarySearch;
  layout: 'grid' | 'list';
  onSearch: (search: LibrarySearch) => void;
  onLayout: (layout: 'grid' | 'list') => void;
  /** From the search field into the results. */
  onLeaveField: () => void;
}

export function LibraryToolbar({ search, layout, onSearch, onLayout, onLeaveField }: LibraryToolbarProps) {
  const { text, ...filters } = search;
  const change = (part: { [Key in keyof LibrarySearch]?: LibrarySearch[Key] | undefined }) =>
    onSearch(withoutUndefined({ ...search, ...part }));
  return (
    <div className="flex items-center gap-2">
      <SearchField
        text={text ?? ''}
        onChange={(next) => change({ text: next === '' ? undefined : next })}
        onLeave={onLeaveField}
      />
      <FilterMenu search={filters} onChange={change} />
      <Menu
        trigger={
          <Button look="ghost" aria-label={`Sorted: ${sortTitles[sortOf(search)]}`}>
            <ArrowDownNarrowWide /> <span className="max-lg:hidden">{sortTitles[sortOf(search)]}</span>
          </Button>
        }
      >
        {sortChoices
          .filter((sort) => sort !== 'relevance' || text !== undefined)
          .map((sort) => (
            <MenuChoice key={sort} isChecked={sort === sortOf(search)} onSelect={() => change({ sort })}>
              {sortTitles[sort]}
            </MenuChoice>
          ))}
      </Menu>
      <Segmented
        label="Layout"
        value={layout}
        hasOnlyIcons
        onChange={onLayout}
        options={[
          { value: 'grid', label: 'Grid', icon: <LayoutGrid /> },
          { value: 'list', label: 'List', icon: <Rows3 /> },
        ]}
      />
    </div>
  );
}

function withoutUndefined(search: {
  [Key in keyof LibrarySearch]?: LibrarySearch[Key] | undefined;
}): LibrarySearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

const typingPauseMs = 180;

function SearchField({
  text,
  onChange,
  onLeave,
}: {
  text: string;
  onChange: (text: string) => void;
  onLeave: () => void;
}) {
  const inputRef = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  // The address changed from elsewhere (Back, or a cleared filter): the field follows.
  if (known !== text) {
    setKnown(text);
    if (typed.trim() !== text) setTyped(text);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  useHotkeys({ '/': () => inputRef.current?.focus(), 'mod+f': () => inputRef.current?.select() });
  const change = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next.trim()), typingPauseMs);
  };
  return (
    <div className="relative min-w-40 flex-1">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-faint" />
      <input
        ref={inputRef}
        type="search"
        aria-label="Search titles and transcripts"
        placeholder="Search titles and everything that was said"
        value={typed}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed !== '') change('');
          else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') onLeave();
          else return;
          event.preventDefault();
        }}
        className="h-8 w-full rounded-md border border-line bg-raised pr-9 pl-8.5 shadow-card outline-none hover:border-line-strong focus-visible:border-accent focus-visible:ring-2 focus-visible:ring-accent/25 [&::-webkit-search-cancel-button]:hidden"
      />
      {typed === '' ? (
        <span className="pointer-events-none absolute top-1.75 right-2">
          <Kbd>/</Kbd>
        </span>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            change('');
            inputRef.current?.focus();
          }}
          className="absolute top-1 right-1 flex size-6 items-center justify-center rounded text-ink-soft hover:bg-hover"
        >
          <X className="size-3.5" />
        </button>
      )}
    </div>
  );
}

interface FilterMenuProps {
  search: Omit<LibrarySearch, 'text'>;
  onChange: (part: { [Key in keyof LibrarySearch]?: LibrarySearch[Key] | undefined }) => void;
}

function FilterMenu({ search, onChange }: FilterMenuProps) {
  const count =
    (search.kinds?.length ?? 0) + (search.statuses?.length ?? 0) + (search.onlySuspect === true ? 1 : 0);
  return (
    <Menu
      trigger={
        <Button
          look="ghost"
          aria-label={count === 0 ? 'Filter' : `Filter, ${count} chosen`}
          className={classNames(count > 0 && 'text-accent')}
        >
          <ListFilter /> <span className="max-lg:hidden">Filter</span>
          {count === 0 ? null : <span className="tabular">{count}</span>}
        </Button>
      }
    >
      <MenuLabel>Kind</MenuLabel>
      {kindChoices.map((kind) => (
        <MenuChoice
          key={kind}
          keepsOpen
          isChecked={search.kinds?.includes(kind) ?? false}
          onSelect={() => onChange({ kinds: toggleChoice(search.kinds, kind) })}
        >
          {kindTitles[kind]}
        </MenuChoice>
      ))}
      <MenuSeparator />
      <MenuLabel>Status</MenuLabel>
      {statusChoices.map((status) => (
        <MenuChoice
          key={status}
          keepsOpen
          isChecked={search.statuses?.includes(status) ?? false}
          onSelect={() => onChange({ statuses: toggleChoice(search.statuses, status) })}
        >
          {statusTitles[status]}
        </MenuChoice>
      ))}
      <MenuSeparator />
      <MenuChoice
        keepsOpen
        isChecked={search.onlySuspect === true}
        onSelect={() => onChange({ onlySuspect: search.onlySuspect === true ? undefined : true })}
      >
        Passages to check
      </MenuChoice>
    </Menu>
  );
}

/** The filters in force, each with a way to take it off. */
export function FilterChips({
  search,
  onSearch,
}: {
  search: LibrarySearch;
  onSearch: (search: LibrarySearch) => void;
}) {
  const { kinds, statuses, onlySuspect, ...rest } = search;
  const chips: { key: string; label: ReactNode; without: LibrarySearch }[] = [
    ...(kinds ?? []).map((kind) => ({
      key: kind,
      label: kindTitles[kind],
      without: withoutUndefined({ ...search, kinds: toggleChoice(kinds, kind) }),
    })),
    ...(statuses ?? []).map((status) => ({
      key: status,
      label: statusTitles[status],
      without: withoutUndefined({ ...search, statuses: toggleChoice(statuses, status) }),
    })),
    ...(onlySuspect === true
      ? [
          {
            key: 'suspect',
            label: 'Passages to check',
            without: withoutUndefined({ ...search, onlySuspect: undefined }),
          },
        ]
      : []),
  ];
  if (chips.length === 0) return null;
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-1.5">
      {chips.map(({ key, label, without }) => (
        <button
          key={key}
          type="button"
          onClick={() => onSearch(without)}
          className="flex h-6 items-center gap-1 rounded-full bg-accent-soft pr-1.5 pl-2.5 text-xs font-medium text-accent hover:bg-pressed"
        >
          {key === 'suspect' ? <CircleHelp className="size-3.5" /> : null}
          {label}
          <X className="size-3" />
          <span className="sr-only">: remove</span>
        </button>
      ))}
      {chips.length > 1 ? (
        <Button look="ghost" size="small" onClick={() => onSearch(rest)}>
          Clear all
        </Button>
      ) : null}
    </div>
  );
}
