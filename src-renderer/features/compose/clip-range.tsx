import { Slider } from 'radix-ui';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import type { Clip } from '../../../src-shared/domain/variant-content.ts';
import { usePeaks } from '../../app/use-peaks.ts';
import { formatClock } from '../../ui/format.ts';
import { usePlayer, usePlayerValue } from '../asset/use-player.ts';

interface ClipRangeProps {
  asset: AssetDetail;
  range: Clip;
  onChange: (range: Clip) => void;
}

/** As many bars as fit the dialog. */
const barCount = 240;
const stepMs = 100;

/** The recording as bars, with a handle where the part begins and one where it ends. */
export function ClipRange({ asset, range, onChange }: ClipRangeProps) {
  const player = usePlayer();
  const peaks = usePeaks(asset.assetId, asset.hasWaveform, barCount);
  const { durationMs } = player;
  const position = usePlayerValue(
    player,
    ({ positionMs }) => Math.round((positionMs / durationMs) * 1000) / 10,
  );
  const values = peaks?.values ?? new Float32Array(barCount);
  const percent = (ms: number) => `${(ms / durationMs) * 100}%`;
  return (
    <div>
      <div className="relative h-24 rounded-lg bg-panel">
        <div aria-hidden className="absolute inset-0 flex items-center gap-px px-0">
          {Array.from(values, (value, index) => {
            const at = (index / values.length) * durationMs;
            const isInside = at >= range.startMs && at < range.endMs;
            return (
              <span
                key={index}
                className={`min-w-0 flex-1 rounded-full ${isInside ? 'bg-accent' : 'bg-line-strong'}`}
                style={{ height: `${Math.max(3, value * 92)}%` }}
              />
            );
          })}
        </div>
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 w-px bg-ink"
          style={{ left: `${position}%` }}
        />
        <Slider.Root
          min={0}
          max={durationMs}
          step={stepMs}
          minStepsBetweenThumbs={1}
          value={[range.startMs, range.endMs]}
          onValueChange={([startMs, endMs]) => {
            if (startMs === undefined || endMs === undefined || endMs <= startMs) return;
            if (startMs !== range.startMs) player.seek(startMs);
            onChange({ startMs, endMs });
          }}
          className="absolute inset-0 flex items-center"
        >
          <Slider.Track className="relative h-full flex-1">
            <Slider.Range className="absolute h-full rounded-md bg-accent/10 ring-1 ring-accent/40 ring-inset" />
          </Slider.Track>
          {(['Begin', 'End'] as const).map((label, index) => (
            <Slider.Thumb
              key={label}
              aria-label={label}
              aria-valuetext={formatClock(index === 0 ? range.startMs : range.endMs)}
              className="block h-26 w-2.5 rounded-full border border-on-accent bg-accent shadow-card"
            />
          ))}
        </Slider.Root>
      </div>
      <div aria-hidden className="relative mt-1 h-4 text-2xs text-ink-faint tabular">
        {[0, 0.25, 0.5, 0.75].map((part) => (
          <span key={part} className="absolute" style={{ left: percent(part * durationMs) }}>
            {formatClock(part * durationMs)}
          </span>
        ))}
        <span className="absolute right-0">{formatClock(durationMs)}</span>
      </div>
    </div>
  );
}
