import type { LatenessPolicy } from '../../../src-shared/domain/lateness.ts';
import { Select } from '../../ui/field.tsx';
import { beyondTitles } from '../posts/lateness-words.ts';

interface LatenessPickerProps {
  lateness: LatenessPolicy;
  onChange: (lateness: LatenessPolicy) => void;
}

const limits = [
  [0, 'at once'],
  [15, 'after 15 minutes'],
  [60, 'after an hour'],
  [360, 'after 6 hours'],
  [1440, 'after a day'],
] as const;

/** What happens where the computer was asleep at the time. */
export function LatenessPicker({ lateness, onChange }: LatenessPickerProps) {
  const { limitMinutes, beyond } = lateness;
  const isListed = limits.some(([minutes]) => minutes === limitMinutes);
  return (
    <div className="mt-4">
      <p className="mb-1.5 text-xs font-medium text-ink-soft">If it is late</p>
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label="What happens if it is late"
          className="min-w-28 flex-1"
          value={beyond}
          onChange={({ target }) =>
            onChange({ limitMinutes, beyond: target.value as LatenessPolicy['beyond'] })
          }
        >
          {Object.entries(beyondTitles).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </Select>
        {beyond === 'publish' ? null : (
          <Select
            aria-label="From when on it is late"
            className="min-w-36 flex-1"
            value={limitMinutes}
            onChange={({ target }) => onChange({ limitMinutes: Number(target.value), beyond })}
          >
            {isListed ? null : <option value={limitMinutes}>after {limitMinutes} minutes</option>}
            {limits.map(([minutes, title]) => (
              <option key={minutes} value={minutes}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </div>
    </div>
  );
}
