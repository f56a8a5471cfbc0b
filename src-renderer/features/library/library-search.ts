import type { AssetKind, AssetStatus } from '../../../src-shared/domain/asset.ts';
import type { CommandInput } from '../../../src-shared/contract/registry.ts';

export const kindChoices = ['audio', 'video', 'image'] as const satisfies readonly AssetKind[];
export const statusChoices = [
  'ingesting',
  'review',
  'approved',
  'rejected',
  'failed',
  'cancelled',
  'duplicate',
] as const satisfies readonly AssetStatus[];
export const sortChoices = ['newest', 'oldest', 'title', 'longest', 'relevance'] as const;
export type Sort = (typeof sortChoices)[number];

/** What the library shows, as it stands in the address; what is left out holds by default. */
export interface LibrarySearch {
  text?: string;
  kinds?: AssetKind[];
  statuses?: AssetStatus[];
  onlySuspect?: true;
  sort?: Sort;
}

/** Reads the address; whatever does not fit is left out, so that an old link still opens. */
export function parseLibrarySearch(raw: Record<string, unknown>): LibrarySearch {
  // The router reads digits in the address as a number.
  const text = typeof raw['text'] === 'string' || typeof raw['text'] === 'number' ? String(raw['text']) : '';
  const kinds = pickKnown(kindChoices, raw['kinds']);
  const statuses = pickKnown(statusChoices, raw['statuses']);
  const [sort] = pickKnown(sortChoices, [raw['sort']]);
  return {
    ...(text === '' ? {} : { text: text.slice(0, 500) }),
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(statuses.length === 0 ? {} : { statuses }),
    ...(raw['onlySuspect'] === true ? { onlySuspect: true } : {}),
    ...(sort === undefined ? {} : { sort }),
  };
}

function pickKnown<Choice extends string>(choices: readonly Choice[], raw: unknown): Choice[] {
  return Array.isArray(raw) ? choices.filter((choice) => raw.includes(choice)) : [];
}

/** The order in force: by relevance while searching, newest first otherwise. */
export function sortOf({ sort, text }: LibrarySearch): Sort {
  const isSearching = text !== undefined && text.trim() !== '';
  if (sort === 'relevance' && !isSearching) return 'newest';
  return sort ?? (isSearching ? 'relevance' : 'newest');
}

export function toCommandInput(search: LibrarySearch): CommandInput<'search-library'> {
  const text = search.text?.trim() ?? '';
  return {
    ...(text === '' ? {} : { text }),
    ...(search.kinds === undefined ? {} : { kinds: search.kinds }),
    ...(search.statuses === undefined ? {} : { statuses: search.statuses }),
    ...(search.onlySuspect === true ? { onlySuspect: true } : {}),
    sort: sortOf(search),
  };
}

export function isFiltered({ text, kinds, statuses, onlySuspect }: LibrarySearch): boolean {
  return text !== undefined || kinds !== undefined || statuses !== undefined || onlySuspect === true;
}

/** Puts a value into a list of choices or takes it out; an empty list becomes undefined, which means all. */
export function toggleChoice<Choice>(
  chosen: readonly Choice[] | undefined,
  choice: Choice,
): Choice[] | undefined {
  const next =
    chosen?.includes(choice) === true
      ? chosen.filter((other) => other !== choice)
      : [...(chosen ?? []), choice];
  return next.length === 0 ? undefined : next;
}
