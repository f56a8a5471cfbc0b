import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { CommandInput, CommandOutput } from '../../../src-shared/contract/registry.ts';
import { commandQuery } from '../../app/command-data.ts';
import type { CommandError } from '../../app/command-error.ts';
import { pageSize, pagesOfRange } from './paging.ts';

export type FoundAsset = CommandOutput<'search-library'>['items'][number];

export interface PagedAssets {
  /** Undefined until the first page has come. */
  totalCount: number | undefined;
  /** Undefined while its page is on the way. */
  itemAt: (index: number) => FoundAsset | undefined;
  /** To be told what is seen, so that its pages are loaded. */
  showRange: (firstIndex: number, lastIndex: number) => void;
  error: CommandError | null;
  isStale: boolean;
  retry: () => void;
}

function pageQuery(input: CommandInput<'search-library'>, page: number) {
  return commandQuery('searchLibrary', { ...input, offset: page * pageSize, limit: pageSize });
}

/** A function of its own, so that the library gives the same list again while no page has changed. */
function itemsOfPages(results: readonly { data: CommandOutput<'search-library'> | undefined }[]) {
  return results.map(({ data }) => data?.items);
}

/** A search result of any length, of which only the pages in sight are loaded. */
export function usePagedAssets(input: CommandInput<'search-library'>): PagedAssets {
  const [pages, setPages] = useState<readonly number[]>([0]);
  const first = useQuery({ ...pageQuery(input, 0), placeholderData: keepPreviousData });
  const loaded = useQueries({ queries: pages.map((page) => pageQuery(input, page)), combine: itemsOfPages });

  const itemsByPage = useMemo(() => {
    const map = new Map<number, readonly FoundAsset[]>();
    if (first.data !== undefined) map.set(0, first.data.items);
    loaded.forEach((items, index) => {
      const page = pages[index];
      if (items !== undefined && page !== undefined && page !== 0) map.set(page, items);
    });
    return map;
  }, [first.data, loaded, pages]);

  const itemAt = useCallback(
    (index: number) => itemsByPage.get(Math.floor(index / pageSize))?.[index % pageSize],
    [itemsByPage],
  );
  const showRange = useCallback((firstIndex: number, lastIndex: number) => {
    const wanted = pagesOfRange(firstIndex, lastIndex);
    setPages((current) => (current.join() === wanted.join() ? current : wanted));
  }, []);

  return {
    totalCount: first.data?.totalCount,
    itemAt,
    showRange,
    error: first.error,
    isStale: first.isPlaceholderData,
    retry: () => void first.refetch(),
  };
}
