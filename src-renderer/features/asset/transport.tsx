import { Pause, Play, RotateCcw, RotateCw, Volume2, VolumeX } from 'lucide-react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import type { Segment } from '../../../src-shared/domain/transcript.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatClock } from '../../ui/format.ts';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { speeds } from './player.ts';
import { usePlayer, usePlayerValue } from './use-player.ts';
import { Waveform } from './waveform.tsx';

/** The dock under the transcript: play, position, waveform, speed. */
export function Transport({ asset, segments }: { asset: AssetDetail; segments: readonly Segment[] }) {
  const player = usePlayer();
  const canPlay = usePlayerValue(player, (state) => state.canPlay) && !asset.isFileMissing;
  return (
    <section aria-label="Player" className="shrink-0 border-t border-line bg-panel px-6 py-3">
      <div className="flex items-center gap-4">
        <div className="flex items-center gap-1">
          <IconButton label="Back 10 seconds" keys="J" onClick={() => player.skip(-10_000)}>
            <RotateCcw />
          </IconButton>
          <PlayButton isDisabled={!canPlay} />
          <IconButton label="Forward 10 seconds" keys="L" onClick={() => player.skip(10_000)}>
            <RotateCw />
          </IconButton>
        </div>
        <Clock />
        <Waveform
          assetId={asset.assetId}
          hasWaveform={asset.hasWaveform}
          chapters={asset.chapters}
          segments={segments}
          height={44}
        />
        <span className="w-14 text-xs text-ink-soft tabular">{formatClock(player.durationMs)}</span>
        <div className="flex items-center gap-0.5">
          <SpeedMenu />
          <MuteButton />
        </div>
      </div>
      {canPlay ? null : (
        <p role="status" className="mt-2 text-xs text-ink-soft">
          {asset.isFileMissing
            ? 'The file is not where it was, so it cannot be played. The transcript is all here.'
            : 'This kind of file cannot be played in the window. The transcript can be read and edited all the same.'}
        </p>
      )}
    </section>
  );
}

export function PlayButton({ isDisabled = false }: { isDisabled?: boolean }) {
  const player = usePlayer();
  const isPlaying = usePlayerValue(player, (state) => state.isPlaying);
  return (
    <IconButton
      label={isPlaying ? 'Pause' : 'Play'}
      keys="Space"
      look="primary"
      disabled={isDisabled}
      className="size-9 rounded-full"
      onClick={player.toggle}
    >
      {isPlaying ? <Pause className="fill-current" /> : <Play className="translate-x-px fill-current" />}
    </IconButton>
  );
}

export function Clock() {
  const player = usePlayer();
  const seconds = usePlayerValue(player, ({ positionMs }) => Math.floor(positionMs / 1000));
  return <span className="w-14 text-right text-xs font-medium tabular">{formatClock(seconds * 1000)}</span>;
}

function SpeedMenu() {
  const player = usePlayer();
  const speed = usePlayerValue(player, (state) => state.speed);
  return (
    <Menu
      trigger={
        <Button look="ghost" size="small" aria-label={`Speed ${speed}`} className="w-12 tabular">
          {speed}×
        </Button>
      }
    >
      {speeds.map((choice) => (
        <MenuChoice key={choice} isChecked={choice === speed} onSelect={() => player.setSpeed(choice)}>
          {choice}×
        </MenuChoice>
      ))}
    </Menu>
  );
}

function MuteButton() {
  const player = usePlayer();
  const isMuted = usePlayerValue(player, (state) => state.isMuted);
  return (
    <IconButton label={isMuted ? 'Sound on' : 'Sound off'} onClick={player.toggleMute}>
      {isMuted ? <VolumeX /> : <Volume2 />}
    </IconButton>
  );
}
