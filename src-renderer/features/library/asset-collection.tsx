import { useVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { useHotkeys } from '../../app/hotkeys.ts';
import { useZone } from '../../app/zone.ts';
import { useNow } from '../../ui/now.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AssetCard } from './asset-card.tsx';
import { AssetMatch } from './asset-match.tsx';
import { AssetRow } from './asset-row.tsx';
import { columnsThatFit, moveCursor } from './paging.ts';
import type { AssetActions } from './use-asset-actions.tsx';
import type { FoundAsset, PagedAssets } from './use-paged-assets.ts';
import type { Selection } from './use-selection.ts';

export type CollectionLayout = 'grid' | 'list' | 'matches';

interface AssetCollectionProps {
  layout: CollectionLayout;
  assets: PagedAssets;
  itemCount: number;
  selection: Selection<FoundAsset>;
  actions: AssetActions;
  initialScrollOffset: number;
  onScroll: (offset: number) => void;
  onOpen: (index: number) => void;
  onRemove: () => void;
}

const gap = 20;
/** Cards grow with the window, so that a wide screen shows larger pictures and not only more of them. */
const cardWidthRange = { narrowest: 216, widest: 320, columnsAimedAt: 6 };
const sidePadding = 24;
const captionHeight = 54;
const rowHeights = { list: 52, matches: 92 } as const;
const items = { grid: AssetCard, list: AssetRow, matches: AssetMatch } as const;

/** A virtual grid or list: whatever the library holds, only what is in sight is in the document. */
export function AssetCollection(props: AssetCollectionProps) {
  const { layout, assets, itemCount, selection, actions, onOpen } = props;
  const { showRange } = assets;
  const scrollRef = useRef<HTMLDivElement>(null);
  const idPrefix = useId();
  const zone = useZone();
  const nowMs = useNow(60_000);
  const width = useWidth(scrollRef);
  const columnCount =
    layout === 'grid' ? columnsThatFit(width - 2 * sidePadding, cardWidthFor(width), gap) : 1;
  const cardWidth = (width - 2 * sidePadding - (columnCount - 1) * gap) / columnCount;
  const rowHeight =
    layout === 'grid' ? Math.round((cardWidth * 10) / 16) + captionHeight + gap : rowHeights[layout];
  // The library keeps its own memory; nothing here is memoised by its results.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: Math.ceil(itemCount / columnCount),
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    paddingStart: 4,
    paddingEnd: 32,
    initialOffset: props.initialScrollOffset,
  });
  const rows = virtualizer.getVirtualItems();
  const firstIndex = (rows[0]?.index ?? 0) * columnCount;
  const lastIndex = Math.min(itemCount - 1, ((rows.at(-1)?.index ?? 0) + 1) * columnCount - 1);

  const isCursorShown = selection.cursorIndex >= firstIndex && selection.cursorIndex <= lastIndex;

  // The first arrow key leads into the collection, wherever the focus was lost; fields keep theirs.
  const enter = () => scrollRef.current?.focus({ preventScroll: true });
  useHotkeys({ arrowdown: enter, arrowright: enter });
  useEffect(() => showRange(firstIndex, lastIndex), [showRange, firstIndex, lastIndex]);
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const handleKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const rowsInView = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? rowHeight) / rowHeight));
    const next = moveCursor(event.key, selection.cursorIndex, { itemCount, columnCount, rowsInView });
    if (next !== null) {
      selection.moveTo(next, event.shiftKey);
      virtualizer.scrollToIndex(Math.floor(next / columnCount));
    } else if (event.key === 'Enter') onOpen(selection.cursorIndex);
    else if (event.key === 'x' || (event.key === ' ' && !event.ctrlKey))
      selection.toggle(selection.cursorIndex);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selection.selectLoaded(itemCount);
    else if (event.key === 'Escape') selection.clear();
    else if (event.key === 'Delete' || event.key === 'Backspace') props.onRemove();
    else return;
    event.preventDefault();
  };
  const handleClick = (event: MouseEvent) => {
    const { target } = event;
    // Clicks in menus arrive here too, from elsewhere in the document.
    if (!(target instanceof Element) || !event.currentTarget.contains(target)) return;
    const cell = target.closest('[data-item]');
    if (cell === null) return;
    const index = Number(cell.getAttribute('data-item'));
    const control = target.closest('button, a');
    if (control?.getAttribute('role') === 'checkbox') selection.toggle(index);
    else if (control !== null) return;
    else if (event.shiftKey) selection.moveTo(index, true);
    else if (event.ctrlKey || event.metaKey || selection.selected.size > 0) selection.toggle(index);
    else onOpen(index);
  };

  return (
    <div
      ref={scrollRef}
      role="grid"
      aria-label="Assets"
      aria-multiselectable
      aria-rowcount={virtualizer.options.count}
      aria-colcount={columnCount}
      {...(isCursorShown ? { 'aria-activedescendant': `${idPrefix}-${selection.cursorIndex}` } : {})}
      tabIndex={0}
      onKeyDown={handleKey}
      onClick={handleClick}
      onScroll={(event) => props.onScroll(event.currentTarget.scrollTop)}
      className="group/grid @container h-full overflow-y-auto outline-none"
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => (
          <div
            key={row.key}
            role="row"
            aria-rowindex={row.index + 1}
            data-index={row.index}
            ref={layout === 'matches' ? virtualizer.measureElement : undefined}
            className="absolute inset-x-6 grid"
            style={{
              top: row.start,
              columnGap: gap,
              gridTemplateColumns: `repeat(${columnCount}, minmax(0, 1fr))`,
              ...(layout === 'matches' ? {} : { height: row.size }),
            }}
          >
            {indexesOfRow(row.index, columnCount, itemCount).map((index) => {
              const asset = assets.itemAt(index);
              return (
                <Cell
                  key={index}
                  id={`${idPrefix}-${index}`}
                  index={index}
                  column={index % columnCount}
                  layout={layout}
                  asset={asset}
                  zone={zone}
                  nowMs={nowMs}
                  isSelected={asset !== undefined && selection.selected.has(asset.assetId)}
                  hasCursor={selection.cursorIndex === index}
                  actions={actions}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

interface CellProps {
  id: string;
  index: number;
  column: number;
  layout: CollectionLayout;
  asset: FoundAsset | undefined;
  zone: string;
  nowMs: number;
  isSelected: boolean;
  hasCursor: boolean;
  actions: AssetActions;
}

/** One item. While the list scrolls, those that stay are not drawn again. */
const Cell = memo(function Cell({ id, index, column, layout, asset, ...rest }: CellProps) {
  const Item = items[layout];
  return (
    <div
      id={id}
      data-item={index}
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={rest.isSelected}
      {...(asset === undefined ? { 'aria-label': 'Loading' } : {})}
      className="min-w-0"
    >
      {asset === undefined ? (
        <Skeleton className={layout === 'grid' ? 'aspect-16/10 rounded-lg' : 'my-1 h-11 rounded-lg'} />
      ) : (
        <Item asset={asset} {...rest} />
      )}
    </div>
  );
});

function indexesOfRow(row: number, columnCount: number, itemCount: number): number[] {
  const first = row * columnCount;
  return Array.from({ length: Math.min(columnCount, itemCount - first) }, (_, column) => first + column);
}

function cardWidthFor(width: number): number {
  const { narrowest, widest, columnsAimedAt } = cardWidthRange;
  return Math.min(widest, Math.max(narrowest, width / columnsAimedAt - gap));
}

function useWidth(ref: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(() => Math.max(320, window.innerWidth - 216));
  useLayoutEffect(() => {
    if (ref.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(entry.contentRect.width);
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
