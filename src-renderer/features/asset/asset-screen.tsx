import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { AudioLines, MicOff } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import type { Segment } from '../../../src-shared/domain/transcript.ts';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useHotkeys } from '../../app/hotkeys.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useAssetActions } from '../library/use-asset-actions.tsx';
import { AboutTab } from './about-tab.tsx';
import { AssetHeader } from './asset-header.tsx';
import { AssetNotices } from './asset-notices.tsx';
import { AssetSkeleton } from './asset-skeleton.tsx';
import { ChaptersTab } from './chapters-tab.tsx';
import { DetailsTab } from './details-tab.tsx';
import { StillPicture } from './still-picture.tsx';
import { TranscriptPane } from './transcript-pane.tsx';
import { Transport } from './transport.tsx';
import { usePlayerKeys } from './use-player-keys.ts';
import { canBePlayed, PlayerContext, useOwnPlayer } from './use-player.ts';
import { useTranscript, type Transcript } from './use-transcript.ts';
import { VideoSurface } from './video-surface.tsx';

const route = getRouteApi('/asset/$assetId');
const noSegments: readonly Segment[] = [];

export function AssetScreen() {
  const { assetId } = route.useParams();
  const { data: asset, error, refetch } = useQuery(commandQuery('readMetadata', { assetId }));
  if (asset !== undefined) {
    // The player is made once its kind and length are known, which for a new file is a moment later.
    return <OpenAsset key={`${assetId} ${canBePlayed(asset)}`} asset={asset} />;
  }
  if (error === null) return <AssetSkeleton />;
  return (
    <div className="p-6">
      <ErrorNotice error={error.dto} retry={() => void refetch()} className="mx-auto max-w-2xl" />
    </div>
  );
}

function OpenAsset({ asset }: { asset: AssetDetail }) {
  const { at, play, from } = route.useSearch();
  const navigate = useNavigate();
  const player = useOwnPlayer(asset);
  const transcript = useTranscript(asset);
  const leave = useCallback(() => void navigate({ to: '/library' }), [navigate]);
  const { actions, dialog } = useAssetActions(leave);
  const [isFindOpen, setIsFindOpen] = useState(false);
  const segments = transcript.segments ?? noSegments;
  usePlayerKeys(player);
  useHotkeys({
    escape: () =>
      void navigate(
        from === 'review' ? { to: '/review', search: { asset: asset.assetId } } : { to: '/library' },
      ),
  });
  useEffect(() => {
    if (at === undefined) return;
    player?.seek(at);
    if (play === true) player?.play();
  }, [player, at, play]);

  const suspects = segments.filter(({ suspect }) => suspect !== null);
  const goToNextSuspect = () => {
    const positionMs = player?.read().positionMs ?? 0;
    const next = suspects.find(({ startMs }) => startMs > positionMs) ?? suspects[0];
    if (next !== undefined) player?.seek(next.startMs);
  };
  const tabs = [
    {
      value: 'about',
      title: 'About',
      content: (
        <AboutTab
          asset={asset}
          actions={actions}
          onNextSuspect={player === null ? undefined : goToNextSuspect}
        />
      ),
    },
    ...(player === null
      ? []
      : [{ value: 'chapters', title: 'Chapters', content: <ChaptersTab chapters={asset.chapters} /> }]),
    { value: 'details', title: 'Details', content: <DetailsTab asset={asset} /> },
  ];
  return (
    <PlayerContext value={player}>
      <div className="flex h-full flex-col">
        <AssetHeader
          asset={asset}
          actions={actions}
          transcript={transcript}
          from={from}
          onFind={() => setIsFindOpen(true)}
        />
        <div className="flex min-h-0 flex-1">
          <div className="flex min-w-0 flex-1 flex-col">
            <AssetNotices asset={asset} actions={actions} />
            <div className="min-h-0 flex-1">
              {asset.kind === 'image' ? (
                <StillPicture asset={asset} className="size-full object-contain p-6" />
              ) : (
                <Words
                  asset={asset}
                  transcript={transcript}
                  hasPlayer={player !== null}
                  isFindOpen={isFindOpen}
                  onFindOpen={setIsFindOpen}
                />
              )}
            </div>
          </div>
          <aside
            aria-label="About this asset"
            className="flex w-92 shrink-0 flex-col border-l border-line max-xl:w-80 max-lg:w-72"
          >
            {asset.kind === 'video' && player !== null ? <VideoSurface className="shrink-0" /> : null}
            <Tabs label="About this asset" tabs={tabs} defaultValue="about" />
          </aside>
        </div>
        {player === null ? null : <Transport asset={asset} segments={segments} />}
      </div>
      {dialog}
    </PlayerContext>
  );
}

interface WordsProps {
  asset: AssetDetail;
  transcript: Transcript;
  hasPlayer: boolean;
  isFindOpen: boolean;
  onFindOpen: (isOpen: boolean) => void;
}

function Words({ asset, transcript, hasPlayer, isFindOpen, onFindOpen }: WordsProps) {
  const { segments } = transcript;
  if (transcript.error !== null && segments === undefined) {
    return <ErrorNotice error={transcript.error.dto} retry={transcript.retry} className="m-6" />;
  }
  if (segments !== undefined && segments.length > 0 && hasPlayer) {
    return (
      <TranscriptPane
        transcript={transcript}
        segments={segments}
        durationMs={asset.durationMs}
        isFindOpen={isFindOpen}
        onFindOpen={onFindOpen}
      />
    );
  }
  if (asset.status === 'ingesting') {
    return (
      <EmptyState icon={<AudioLines />} title="The words will appear here">
        They come in as they are heard. You can close this page, or Longhand; nothing that was written is
        lost.
      </EmptyState>
    );
  }
  if (asset.hasSpeech === false) {
    return (
      <EmptyState icon={<MicOff />} title="No speech found">
        The whole recording was listened to, and nobody speaks in it.
      </EmptyState>
    );
  }
  return segments === undefined ? null : (
    <EmptyState icon={<AudioLines />} title="Nothing was transcribed">
      {asset.status === 'failed' || asset.status === 'cancelled'
        ? 'The work ended before the first words.'
        : 'There are no words in this transcript.'}
    </EmptyState>
  );
}
