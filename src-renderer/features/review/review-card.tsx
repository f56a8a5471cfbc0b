import { useQuery } from '@tanstack/react-query';
import { Check, CircleHelp, Pencil, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useHotkeys } from '../../app/hotkeys.ts';
import { useZone } from '../../app/zone.ts';
import { Button } from '../../ui/button.tsx';
import { formatClock, formatDuration, formatLanguage, formatQuantity } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { formatDateIn } from '../../ui/zone-time.ts';
import { suspectTitles } from '../asset/segment-row.tsx';
import { StillPicture } from '../asset/still-picture.tsx';
import { Clock, PlayButton } from '../asset/transport.tsx';
import { canBePlayed, PlayerContext, useOwnPlayer, usePlayer } from '../asset/use-player.ts';
import { VideoSurface } from '../asset/video-surface.tsx';
import { Waveform } from '../asset/waveform.tsx';
import { KindIcon } from '../library/kind-icon.tsx';
import { pickExcerpt } from './excerpt.ts';

interface ReviewCardProps {
  assetId: string;
  onDecide: (decision: 'approve' | 'reject') => void;
  onEdit: () => void;
}

export function ReviewCard({ assetId, onDecide, onEdit }: ReviewCardProps) {
  const { data: asset, error, refetch } = useQuery(commandQuery('readMetadata', { assetId }));
  return (
    <div className="flex h-full flex-col">
      <div
        className="min-h-0 flex-1 overflow-y-auto"
        tabIndex={0}
        role="region"
        aria-label="Recording under review"
      >
        {asset === undefined ? (
          error === null ? (
            <div className="mx-auto max-w-2xl px-8 pt-10">
              <Skeleton className="h-8 w-2/3" />
              <Skeleton className="mt-6 h-20" />
              <Skeleton className="mt-6 h-64" />
            </div>
          ) : (
            <ErrorNotice error={error.dto} retry={() => void refetch()} className="m-6" />
          )
        ) : (
          <Recording key={String(canBePlayed(asset))} asset={asset} />
        )}
      </div>
      <footer className="flex shrink-0 items-center justify-center gap-2 border-t border-line bg-panel px-6 py-3">
        <Button size="large" look="danger" onClick={() => onDecide('reject')}>
          <X /> Reject <Kbd>R</Kbd>
        </Button>
        <Button size="large" onClick={onEdit}>
          <Pencil /> Edit <Kbd>E</Kbd>
        </Button>
        <Button size="large" look="good" onClick={() => onDecide('approve')}>
          <Check /> Approve <Kbd>A</Kbd>
        </Button>
      </footer>
    </div>
  );
}

function Recording({ asset }: { asset: AssetDetail }) {
  const zone = useZone();
  const player = useOwnPlayer(asset);
  useHotkeys(
    {
      space: () => player?.toggle(),
      arrowleft: () => player?.skip(-5000),
      arrowright: () => player?.skip(5000),
    },
    player !== null,
  );
  return (
    <PlayerContext value={player}>
      <article className="mx-auto max-w-2xl px-8 pt-8 pb-12">
        <div className="flex flex-wrap items-center gap-x-3 text-xs text-ink-soft">
          <KindIcon kind={asset.kind} className="size-3.5" />
          {asset.durationMs === null ? null : (
            <span className="tabular">{formatDuration(asset.durationMs)}</span>
          )}
          <span>{formatDateIn(asset.capturedAt ?? asset.createdAt, zone)}</span>
          {asset.language === null ? null : <span>{formatLanguage(asset.language)}</span>}
        </div>
        <h2
          dir="auto"
          className="mt-1.5 font-serif text-3xl leading-tight font-medium tracking-tight text-balance"
        >
          {asset.title}
        </h2>
        {asset.hook === null ? null : (
          <p className="mt-2 font-serif text-xl leading-snug text-ink-soft italic">{asset.hook}</p>
        )}
        <Media asset={asset} />
        {asset.summary === null ? null : (
          <p className="selectable mt-6 text-base whitespace-pre-wrap">{asset.summary}</p>
        )}
        {asset.keywords.length === 0 ? null : (
          <ul aria-label="Keywords" className="mt-4 flex flex-wrap gap-1.5">
            {asset.keywords.map((keyword) => (
              <li key={keyword} className="rounded-full bg-hover px-2.5 py-0.5 text-xs">
                {keyword}
              </li>
            ))}
          </ul>
        )}
        {player === null ? null : <Excerpt asset={asset} />}
      </article>
    </PlayerContext>
  );
}

function Media({ asset }: { asset: AssetDetail }) {
  if (asset.kind === 'image') {
    return <StillPicture asset={asset} className="mt-6 max-h-96 w-full rounded-lg bg-panel object-contain" />;
  }
  if (!canBePlayed(asset)) return null;
  return (
    <div className="mt-6 overflow-hidden rounded-xl border border-line">
      {asset.kind === 'video' ? <VideoSurface className="max-h-80" /> : null}
      <div className="flex items-center gap-3 bg-panel py-2.5 pr-5 pl-3">
        <PlayButton isDisabled={asset.isFileMissing} />
        <Clock />
        <Waveform
          assetId={asset.assetId}
          hasWaveform={asset.hasWaveform}
          chapters={asset.chapters}
          segments={[]}
          height={36}
        />
      </div>
    </div>
  );
}

/** The passages to check first, then how it begins. */
function Excerpt({ asset }: { asset: AssetDetail }) {
  const player = usePlayer();
  const { data, error } = useQuery(commandQuery('readTranscript', { assetId: asset.assetId }));
  if (data === undefined)
    return error === null ? (
      <Skeleton className="mt-8 h-40" />
    ) : (
      <ErrorNotice error={error.dto} className="mt-8" />
    );
  const { suspects, opening, untoldCount } = pickExcerpt(data.segments);
  if (data.segments.length === 0) {
    return (
      <p className="mt-8 text-ink-soft">
        {asset.hasSpeech === false ? 'Nobody speaks in this recording.' : 'There are no words.'}
      </p>
    );
  }
  return (
    <>
      {suspects.length === 0 ? null : (
        <section className="mt-8 rounded-lg bg-warn-soft/60 p-4">
          <h3 className="flex items-center gap-2 font-semibold text-warn">
            <CircleHelp className="size-4" /> {formatQuantity(asset.suspectSegmentCount, 'passage')} to check
          </h3>
          <ul className="mt-2 -mb-1">
            {suspects.map((segment) => (
              <Passage
                key={segment.segmentId}
                startMs={segment.startMs}
                text={segment.text}
                onPlay={player.seek}
              >
                {segment.suspect === null ? null : (
                  <span className="ml-2 font-sans text-xs text-warn">{suspectTitles[segment.suspect]}</span>
                )}
              </Passage>
            ))}
          </ul>
        </section>
      )}
      <section className="mt-8">
        <h3 className="mb-2 text-xs font-medium text-ink-soft">How it begins</h3>
        <ul>
          {opening.map((segment) => (
            <Passage
              key={segment.segmentId}
              startMs={segment.startMs}
              text={segment.text}
              onPlay={player.seek}
            />
          ))}
        </ul>
        {untoldCount === 0 ? null : (
          <p className="mt-2 pl-14 text-xs text-ink-soft">
            {formatQuantity(untoldCount, 'more passage')}. <Kbd>E</Kbd> opens all of it.
          </p>
        )}
      </section>
    </>
  );
}

interface PassageProps {
  startMs: number;
  text: string;
  onPlay: (positionMs: number) => void;
  children?: ReactNode;
}

function Passage({ startMs, text, onPlay, children }: PassageProps) {
  return (
    <li className="flex gap-3 py-1">
      <button
        type="button"
        aria-label={`Play from ${formatClock(startMs)}`}
        onClick={() => onPlay(startMs)}
        className="w-11 shrink-0 self-start pt-1 text-right text-xs text-ink-soft tabular hover:text-accent"
      >
        {formatClock(startMs)}
      </button>
      <p dir="auto" className="selectable min-w-0 flex-1 font-serif text-[1.0625rem] leading-relaxed">
        {text}
        {children}
      </p>
    </li>
  );
}
