import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import WaveSurfer from 'wavesurfer.js';
import type { Chapter, Segment } from '../../../src-shared/domain/transcript.ts';
import { usePeaks } from '../../app/use-peaks.ts';
import { formatClock } from '../../ui/format.ts';
import { useColorScheme } from '../../ui/color-scheme.ts';
import { usePlayer, usePlayerValue } from './use-player.ts';

interface WaveformProps {
  assetId: string;
  hasWaveform: boolean;
  chapters: readonly Chapter[];
  segments: readonly Segment[];
  height: number;
}

/** What is drawn until the peaks are there, or where there are none. */
const flatPeaks = new Float32Array(64);

/** More than the widest screen shows as bars. */
const peakCount = 2048;

/** The whole recording as a picture: shows the position, and takes clicks, drags and keys to change it. */
export function Waveform({ assetId, hasWaveform, chapters, segments, height }: WaveformProps) {
  const player = usePlayer();
  const containerRef = useRef<HTMLDivElement>(null);
  const scheme = useColorScheme();
  const peaks = usePeaks(assetId, hasWaveform, peakCount);

  useEffect(() => {
    const container = containerRef.current;
    if (container === null) return;
    const colors = readColors(container);
    // It only draws: the player stays the one owner of the media element.
    const surfer = WaveSurfer.create({
      container,
      height,
      peaks: [peaks?.values ?? flatPeaks],
      duration: player.durationMs / 1000,
      barWidth: 2,
      barGap: 1,
      barRadius: 2,
      barMinHeight: 2,
      cursorWidth: 2,
      dragToSeek: { debounceTime: 0 },
      ...colors,
    });
    surfer.on('interaction', (seconds) => player.seek(seconds * 1000));
    const follow = () => surfer.setTime(player.read().positionMs / 1000);
    surfer.on('ready', follow);
    const unsubscribe = player.subscribe(follow);
    return () => {
      unsubscribe();
      surfer.destroy();
    };
  }, [player, peaks, height, scheme]);

  return (
    <div className="relative min-w-0 flex-1">
      <SeekSlider>
        <div ref={containerRef} aria-hidden style={{ height }} />
      </SeekSlider>
      <Marks chapters={chapters} segments={segments} />
    </div>
  );
}

/** Canvas needs plain colours: light-dark() is resolved by reading it back from an element. */
function readColors(container: HTMLElement) {
  const probe = document.createElement('span');
  container.append(probe);
  const read = (variable: string) => {
    probe.style.color = `var(${variable})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    waveColor: read('--color-line-strong'),
    progressColor: read('--color-accent'),
    cursorColor: read('--color-ink'),
  };
  probe.remove();
  return colors;
}

function SeekSlider({ children }: { children: ReactNode }) {
  const player = usePlayer();
  const seconds = usePlayerValue(player, ({ positionMs }) => Math.floor(positionMs / 1000));
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Home') player.seek(0);
    else if (event.key === 'End') player.seek(player.durationMs);
    else if (event.key === 'PageUp') player.skip(60_000);
    else if (event.key === 'PageDown') player.skip(-60_000);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowUp') player.skip(5000);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') player.skip(-5000);
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Position"
      aria-valuemin={0}
      aria-valuemax={Math.floor(player.durationMs / 1000)}
      aria-valuenow={seconds}
      aria-valuetext={`${formatClock(seconds * 1000)} of ${formatClock(player.durationMs)}`}
      onKeyDown={handleKey}
      className="rounded-md"
    >
      {children}
    </div>
  );
}

/** Chapters and passages to check, above the waveform; the words for them stand elsewhere. */
function Marks({ chapters, segments }: Pick<WaveformProps, 'chapters' | 'segments'>) {
  const { durationMs } = usePlayer();
  const percent = (ms: number) => `${(ms / durationMs) * 100}%`;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-0 -top-1.5 h-1">
      {chapters.map(({ startMs, title }) =>
        startMs === 0 ? null : (
          <span
            key={`${startMs} ${title}`}
            className="absolute h-1 w-0.5 rounded bg-ink-faint"
            style={{ left: percent(startMs) }}
          />
        ),
      )}
      {segments.map(({ segmentId, startMs, endMs, suspect }) =>
        suspect === null ? null : (
          <span
            key={segmentId}
            className="absolute h-1 min-w-1 rounded-full bg-warn"
            style={{ left: percent(startMs), width: percent(endMs - startMs) }}
          />
        ),
      )}
    </div>
  );
}
