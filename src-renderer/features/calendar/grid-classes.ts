import type { CalendarOptions } from '@fullcalendar/react';
import { classNames } from '../../ui/class-names.ts';

/** How the calendar library looks: ours. Its own style sheet only does the geometry. */
export const gridClasses: Partial<CalendarOptions> = {
  className: 'h-full text-ink',
  viewClass: 'border-t border-line',
  tableHeaderClass: 'bg-canvas',
  dayHeaderRowClass: 'border-line',
  dayHeaderClass: 'justify-end',
  dayHeaderAlign: 'end',
  dayHeaderInnerClass: 'px-2.5 py-1.5 text-xs font-medium text-ink-soft tabular',
  dayHeaderDividerClass: 'border-b border-line',
  dayRowClass: 'border border-line',
  dayCellClass: (info) =>
    classNames('border border-line transition-colors hover:bg-hover/40', info.isOther && 'bg-panel/60'),
  dayCellTopClass: 'flex justify-end px-1.5 pt-1.5 pb-0.5 short:pt-0.5 short:pb-0',
  dayCellTopInnerClass: (info) =>
    classNames('text-xs tabular', info.isOther ? 'text-ink-faint' : 'text-ink-soft'),
  dayCellBottomClass: 'min-h-1 short:min-h-0',
  // The line of the present stands behind the posts: through their words they could not be read.
  dayLaneClass: (info) =>
    classNames('border border-line [&>:has(>.now-line)]:z-0!', info.isToday && 'bg-accent-soft/25'),
  dayLaneInnerClass: 'mx-0.5',
  slotLaneClass: (info) => classNames('h-6.5 border border-line/70', info.isMinor && 'border-dotted'),
  slotHeaderClass: (info) => classNames('justify-end border border-line/0', info.isMinor && 'border-dotted'),
  slotHeaderInnerClass: 'relative -top-2 px-2 text-2xs text-ink-faint tabular',
  slotHeaderDividerClass: 'border-s border-line',
  eventClass: (info) =>
    classNames('rounded-md', info.isDragging && 'z-10 opacity-90 shadow-pop', info.isMirror && 'shadow-pop'),
  eventInnerClass: 'min-w-0',
  rowEventClass: 'mx-1 mb-0.5 short:mb-px',
  listItemEventClass: 'mx-1 mb-0.5 short:mb-px',
  columnEventClass: 'mb-px',
  eventColor: 'transparent',
  eventContrastColor: 'inherit',
  moreLinkClass:
    'mx-1 mb-0.5 rounded-md px-1.5 text-2xs font-medium text-ink-soft hover:bg-hover hover:text-ink',
  columnMoreLinkClass:
    'mx-0.5 mb-px rounded-md border border-line bg-raised text-2xs font-medium text-ink-soft hover:bg-hover hover:text-ink',
  moreLinkInnerClass: 'truncate',
  nowIndicatorLineClass: 'now-line border-t-2 border-bad/70',
  nowIndicatorDotClass: 'size-2 -m-1 rounded-full bg-bad',
  highlightClass: 'bg-accent-soft/60',
  fillerClass: 'border border-line',
};
