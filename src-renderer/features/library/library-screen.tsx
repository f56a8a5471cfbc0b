import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { formatDuration, formatQuantity } from '../../ui/format.ts';
import { useStoredChoice } from '../../ui/stored-choice.ts';
import { AssetCollection, type CollectionLayout } from './asset-collection.tsx';
import { LibraryEmpty, NothingFound } from './library-empty.tsx';
import { isFiltered, toCommandInput, type LibrarySearch } from './library-search.ts';
import { LibrarySkeleton } from './library-skeleton.tsx';
import { FilterChips, LibraryToolbar } from './library-toolbar.tsx';
import { recallPlace, rememberPlace } from './remembered-place.ts';
import { SampleHint } from './sample-hint.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useAssetActions } from './use-asset-actions.tsx';
import { usePagedAssets } from './use-paged-assets.ts';
import { useSelection } from './use-selection.ts';

const route = getRouteApi('/library');
const layouts = ['grid', 'list'] as const;

export function LibraryScreen() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const screenRef = useRef<HTMLDivElement>(null);
  const [layout, setLayout] = useStoredChoice('longhand.library-layout', layouts, 'grid');
  const searchKey = JSON.stringify(search);
  const place = recallPlace(searchKey);
  const assets = usePagedAssets(toCommandInput(search));
  const selection = useSelection(searchKey, place.cursorIndex, assets.itemAt);
  const { actions, dialog } = useAssetActions(selection.clear);
  const { totalCount } = assets;
  const shownLayout: CollectionLayout = search.text === undefined ? layout : 'matches';

  const hasOnlySample = totalCount === 1 && !isFiltered(search) && assets.itemAt(0)?.isSample === true;
  const isEmpty = totalCount === 0 && !isFiltered(search);

  const changeSearch = (next: LibrarySearch) =>
    void navigate({ to: '/library', search: next, replace: true });
  const open = (index: number) => {
    const asset = assets.itemAt(index);
    if (asset === undefined) return;
    rememberPlace(searchKey, { cursorIndex: index });
    const [match] = asset.matches;
    void navigate({
      to: '/asset/$assetId',
      params: { assetId: asset.assetId },
      search: match === undefined ? {} : { at: match.startMs },
    });
  };
  const removeSelected = () => {
    const underCursor = assets.itemAt(selection.cursorIndex);
    if (selection.selected.size > 0) actions.remove([...selection.selected.values()]);
    else if (underCursor !== undefined) actions.remove([underCursor]);
  };

  return (
    <div ref={screenRef} className="flex h-full flex-col">
      <header className="shrink-0 px-6 pt-5 pb-4">
        <div className="mb-4 flex items-baseline gap-3">
          <h1 className="font-serif text-3xl leading-none font-medium tracking-tight">Library</h1>
          <LibraryCount search={search} foundCount={totalCount} />
        </div>
        {isEmpty ? null : (
          <LibraryToolbar
            search={search}
            layout={layout}
            onSearch={changeSearch}
            onLayout={setLayout}
            onLeaveField={() => screenRef.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()}
          />
        )}
        <FilterChips search={search} onSearch={changeSearch} />
      </header>
      {hasOnlySample ? <SampleHint /> : null}
      <div className="relative min-h-0 flex-1">
        {totalCount === undefined ? (
          assets.error === null ? (
            <LibrarySkeleton layout={shownLayout} />
          ) : (
            <ErrorNotice error={assets.error.dto} retry={assets.retry} className="mx-6" />
          )
        ) : totalCount === 0 ? (
          isEmpty ? (
            <LibraryEmpty />
          ) : (
            <NothingFound search={search} onClear={() => changeSearch({})} />
          )
        ) : (
          <AssetCollection
            key={`${shownLayout} ${searchKey}`}
            layout={shownLayout}
            assets={assets}
            itemCount={totalCount}
            selection={selection}
            actions={actions}
            initialScrollOffset={place.scrollOffset}
            onScroll={(scrollOffset) => rememberPlace(searchKey, { scrollOffset })}
            onOpen={open}
            onRemove={removeSelected}
          />
        )}
        <SelectionBar selected={selection.selected} actions={actions} onClear={selection.clear} />
      </div>
      {dialog}
    </div>
  );
}

function LibraryCount({ search, foundCount }: { search: LibrarySearch; foundCount: number | undefined }) {
  const { data } = useQuery(commandQuery('summariseLibrary', {}));
  const text =
    isFiltered(search) && foundCount !== undefined
      ? formatQuantity(foundCount, 'result')
      : data === undefined || data.totalCount === 0
        ? ''
        : `${formatQuantity(data.totalCount, 'item')}, ${formatDuration(data.durationMs)}`;
  return (
    <p role="status" className="text-ink-soft tabular">
      {text}
    </p>
  );
}
