import { Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import type { Clip } from '../../../src-shared/domain/variant-content.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { formatDuration, formatPreciseClock, parseClock } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { PlayerContext, useOwnPlayer, usePlayer, usePlayerValue } from '../asset/use-player.ts';
import { VideoSurface } from '../asset/video-surface.tsx';
import { ClipRange } from './clip-range.tsx';

interface ClipDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  asset: AssetDetail;
  /** Null: all of it. */
  clip: Clip | null;
  onChange: (clip: Clip | null) => void;
}

/** Chooses the part of a recording that is published. The recording itself is never changed. */
export function ClipDialog({ isOpen, onOpenChange, asset, clip, onChange }: ClipDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Which part?"
      description={asset.title}
      className="top-[8vh] max-h-[84vh] w-[min(52rem,calc(100vw-3rem))]"
    >
      <ClipEditor
        asset={asset}
        clip={clip}
        onDone={(next) => {
          onChange(next);
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

function ClipEditor({
  asset,
  clip,
  onDone,
}: {
  asset: AssetDetail;
  clip: Clip | null;
  onDone: (clip: Clip | null) => void;
}) {
  const player = useOwnPlayer(asset);
  const durationMs = asset.durationMs ?? 0;
  const [range, setRange] = useState<Clip>(clip ?? { startMs: 0, endMs: durationMs });
  const isAll = range.startMs === 0 && range.endMs === durationMs;
  if (player === null) return null;
  return (
    <PlayerContext value={player}>
      {asset.kind === 'video' ? <VideoSurface className="mb-4 max-h-64 rounded-lg" /> : null}
      <ClipRange asset={asset} range={range} onChange={setRange} />
      <div className="mt-4 flex flex-wrap items-end gap-3">
        <PlayRange range={range} />
        <TimeField
          label="From"
          valueMs={range.startMs}
          onChange={(startMs) =>
            setRange({ startMs: Math.min(startMs, range.endMs - 100), endMs: range.endMs })
          }
        />
        <TimeField
          label="To"
          valueMs={range.endMs}
          onChange={(endMs) =>
            setRange({
              startMs: range.startMs,
              endMs: Math.max(range.startMs + 100, Math.min(endMs, durationMs)),
            })
          }
        />
        <HereButtons range={range} onChange={setRange} />
        <span className="ml-auto pb-1.5 text-ink-soft tabular">
          {formatDuration(range.endMs - range.startMs)}
        </span>
      </div>
      {asset.chapters.length < 2 ? null : (
        <div className="mt-4">
          <p className="mb-1.5 text-xs font-medium text-ink-soft">A chapter</p>
          <div className="flex max-h-28 flex-wrap gap-1.5 overflow-y-auto">
            {asset.chapters.map((chapter, index) => (
              <Button
                key={chapter.startMs}
                size="small"
                onClick={() => {
                  const endMs = asset.chapters[index + 1]?.startMs ?? durationMs;
                  if (endMs > chapter.startMs) setRange({ startMs: chapter.startMs, endMs });
                }}
              >
                {chapter.title}
              </Button>
            ))}
          </div>
        </div>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={() => onDone(null)}>Use all of it</Button>
        <Button look="primary" onClick={() => onDone(isAll ? null : range)}>
          Use this part
        </Button>
      </div>
    </PlayerContext>
  );
}

/** Plays the part, and stops where it ends. */
function PlayRange({ range }: { range: Clip }) {
  const player = usePlayer();
  const isPlaying = usePlayerValue(player, (state) => state.isPlaying);
  const isPastEnd = usePlayerValue(player, ({ positionMs }) => positionMs >= range.endMs);
  useEffect(() => {
    if (isPlaying && isPastEnd) player.pause();
  }, [player, isPlaying, isPastEnd]);
  const toggle = () => {
    const { positionMs } = player.read();
    if (!isPlaying && (positionMs < range.startMs || positionMs >= range.endMs - 50))
      player.seek(range.startMs);
    player.toggle();
  };
  return (
    <Button aria-label={isPlaying ? 'Pause' : 'Play this part'} className="w-10 px-0" onClick={toggle}>
      {isPlaying ? <Pause /> : <Play />}
    </Button>
  );
}

function HereButtons({ range, onChange }: { range: Clip; onChange: (range: Clip) => void }) {
  const player = usePlayer();
  return (
    <>
      <Button
        look="ghost"
        onClick={() => {
          const { positionMs } = player.read();
          if (positionMs < range.endMs - 100) onChange({ ...range, startMs: positionMs });
        }}
      >
        Begin here
      </Button>
      <Button
        look="ghost"
        onClick={() => {
          const { positionMs } = player.read();
          if (positionMs > range.startMs + 100) onChange({ ...range, endMs: positionMs });
        }}
      >
        End here
      </Button>
    </>
  );
}

interface TimeFieldProps {
  label: string;
  valueMs: number;
  onChange: (valueMs: number) => void;
}

/** A time that can be typed; what is not one is left as it was. */
function TimeField({ label, valueMs, onChange }: TimeFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const parsed = draft === null ? null : parseClock(draft);
    setDraft(null);
    if (parsed !== null) onChange(Math.max(0, parsed));
  };
  return (
    <Labelled label={label}>
      <TextInput
        className="w-28 tabular"
        value={draft ?? formatPreciseClock(valueMs)}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
    </Labelled>
  );
}
