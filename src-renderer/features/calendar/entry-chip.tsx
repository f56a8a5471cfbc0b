import { classNames } from '../../ui/class-names.ts';
import { formatDayIn, formatTimeIn } from '../../ui/zone-time.ts';
import { PlatformIcon } from '../posts/platform-icon.tsx';
import { platformTitles } from '../posts/platform-words.ts';
import { stateTitles, stateTones } from '../posts/post-words.ts';
import type { CalendarEntry } from './calendar-entry.ts';

interface EntryChipProps {
  entry: CalendarEntry;
  zone: string;
  /** Fills a block of time instead of a line. */
  isBlock: boolean;
  onOpen: () => void;
}

const toneClasses = {
  neutral: 'bg-hover text-ink-soft',
  accent: 'bg-accent-soft text-ink',
  good: 'bg-good-soft text-ink',
  warn: 'bg-warn-soft text-ink',
  bad: 'bg-bad-soft text-ink',
  overlay: '',
} as const;

const dotClasses = {
  neutral: 'bg-line-strong',
  accent: 'bg-accent',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
  overlay: '',
} as const;

/** One post in the calendar: time, where it goes, how it begins. */
export function EntryChip({ entry, zone, isBlock, onOpen }: EntryChipProps) {
  const tone = stateTones[entry.state];
  const time = formatTimeIn(entry.dueAt, zone);
  const state = entry.isGhost ? 'Only laid out' : stateTitles[entry.state];
  const where = entry.platforms.map((platform) => platformTitles[platform]).join(', ');
  return (
    <button
      type="button"
      data-post-id={entry.postId}
      aria-label={`${formatDayIn(entry.dueAt, zone)}, ${time}, ${state}, ${where}: ${entry.title}`}
      title={`${time} · ${state} · ${where}\n${entry.title}`}
      onClick={onOpen}
      className={classNames(
        '@container flex w-full min-w-0 items-center gap-1.5 overflow-hidden rounded-md px-1.5 text-left text-xs -outline-offset-2',
        isBlock ? 'h-full min-h-5 border-l-2 border-current/0 py-0.5' : 'h-5.5 short:h-5',
        toneClasses[tone],
        entry.state === 'cancelled' && 'line-through opacity-70',
        entry.state === 'draft' && 'border border-dashed border-line-strong bg-transparent',
        entry.isGhost && 'italic',
      )}
    >
      <span className={classNames('size-1.5 shrink-0 rounded-full', dotClasses[tone])} />
      <span className="shrink-0 text-ink-soft tabular @max-[4.5rem]:hidden">{time}</span>
      <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
        {entry.title}
      </span>
      <span className="flex shrink-0 gap-0.5 text-ink-soft @max-[9rem]:hidden [&_svg]:size-3">
        {entry.platforms.map((platform) => (
          <PlatformIcon key={platform} platform={platform} />
        ))}
      </span>
    </button>
  );
}
