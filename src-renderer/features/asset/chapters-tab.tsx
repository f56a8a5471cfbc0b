import type { Chapter } from '../../../src-shared/domain/transcript.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatClock } from '../../ui/format.ts';
import { usePlayer, usePlayerValue } from './use-player.ts';

/** The chapters; a click goes there, and the one being played is marked. */
export function ChaptersTab({ chapters }: { chapters: readonly Chapter[] }) {
  const player = usePlayer();
  const currentIndex = usePlayerValue(player, ({ positionMs }) =>
    chapters.findLastIndex(({ startMs }) => startMs <= positionMs),
  );
  if (chapters.length === 0) {
    return (
      <p className="text-ink-soft">
        Chapters are written with the summary, where a recording has several parts.
      </p>
    );
  }
  return (
    <ol className="-mx-2.5 flex flex-col gap-0.5">
      {chapters.map(({ startMs, title }, index) => (
        <li key={`${startMs} ${title}`}>
          <button
            type="button"
            {...(index === currentIndex ? { 'aria-current': 'true' as const } : {})}
            onClick={() => player.seek(startMs)}
            className={classNames(
              'flex w-full gap-3 rounded-md px-2.5 py-1.5 text-left hover:bg-hover',
              index === currentIndex && 'bg-hover font-medium',
            )}
          >
            <span
              className={classNames(
                'w-12 shrink-0 tabular',
                index === currentIndex ? 'text-accent' : 'text-ink-faint',
              )}
            >
              {formatClock(startMs)}
            </span>
            <span>{title}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
