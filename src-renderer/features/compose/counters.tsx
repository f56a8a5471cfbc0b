import type { Account } from '../../../src-shared/domain/account.ts';
import { countText, countTextBytes } from '../../../src-shared/domain/platforms/count-as-platform.ts';
import { countGraphemes } from '../../../src-shared/domain/platforms/count-text.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatCount } from '../../ui/format.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { PlatformIcon } from '../posts/platform-icon.tsx';
import { oneOfEachMeasure, type Measure } from './measures.ts';

interface CountersProps {
  text: string;
  accounts: readonly Account[];
  className?: string;
}

/** How much room is left, as each of the chosen platforms counts. Follows every key. */
export function Counters({ text, accounts, className }: CountersProps) {
  const measures = oneOfEachMeasure(accounts);
  if (measures.length === 0)
    return (
      <span className={classNames('text-xs text-ink-faint tabular', className)}>
        {formatCount(countGraphemes(text))}
      </span>
    );
  return (
    <span className={classNames('flex flex-wrap items-center gap-3', className)}>
      {measures.map((measure) => (
        <Counter
          key={measure.key}
          text={text}
          measure={measure}
          isNamed={measures.some(({ key, platform }) => key !== measure.key && platform === measure.platform)}
        />
      ))}
    </span>
  );
}

interface CounterProps {
  text: string;
  measure: Measure;
  /** Where the sign of the platform alone would stand for two. */
  isNamed: boolean;
}

function Counter({ text, measure, isNamed }: CounterProps) {
  const { limits, platform, names } = measure;
  const length = countText(text, limits.text);
  const bytes = limits.text.maxBytes === null ? null : countTextBytes(text, limits.text);
  const areBytesShort =
    bytes !== null &&
    limits.text.maxBytes !== null &&
    bytes / limits.text.maxBytes > length / limits.text.maxLength;
  const used = areBytesShort ? bytes : length;
  const limit = areBytesShort ? (limits.text.maxBytes ?? limits.text.maxLength) : limits.text.maxLength;
  const left = limit - used;
  const fraction = Math.min(1, used / limit);
  const tone = left < 0 ? 'text-bad' : fraction > 0.9 ? 'text-warn' : 'text-ink-soft';
  const unit = areBytesShort ? 'bytes' : 'characters';
  return (
    <Tooltip text={`${names.join(', ')}: ${formatCount(used)} of ${formatCount(limit)} ${unit}`} side="top">
      <span
        role="status"
        aria-label={`${names.join(', ')}: ${left < 0 ? `${-left} ${unit} too many` : `${left} ${unit} left`}`}
        className={classNames('flex items-center gap-1.5 text-xs tabular', tone)}
      >
        {isNamed ? (
          <span className="max-w-32 truncate">{names.join(', ')}</span>
        ) : (
          <PlatformIcon platform={platform} className="size-3.5" />
        )}
        <Ring fraction={fraction} />
        <span className={left < 0 ? 'font-semibold' : undefined}>{formatCount(left)}</span>
      </span>
    </Tooltip>
  );
}

function Ring({ fraction }: { fraction: number }) {
  const radius = 6;
  const around = 2 * Math.PI * radius;
  return (
    <svg viewBox="0 0 16 16" className="size-4 -rotate-90" aria-hidden>
      <circle cx="8" cy="8" r={radius} fill="none" strokeWidth="2" className="stroke-line" />
      <circle
        cx="8"
        cy="8"
        r={radius}
        fill="none"
        strokeWidth="2"
        strokeDasharray={`${around * fraction} ${around}`}
        className="stroke-current"
      />
    </svg>
  );
}
