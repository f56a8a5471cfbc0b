import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import { mediaUrl } from '../../../src-shared/contract/window-bridge.ts';
import type { AssetSummary } from '../../../src-shared/domain/asset.ts';
import { createPlayer, type Player, type PlayerState } from './player.ts';

/** The player of the asset that is open; null for images and what has no length. */
export const PlayerContext = createContext<Player | null>(null);

export function usePlayer(): Player {
  const player = use(PlayerContext);
  if (player === null) throw new Error('there is no player around this component');
  return player;
}

/** A value made of the player's state; the component is drawn again only when that value changes. */
export function usePlayerValue<Value extends string | number | boolean>(
  player: Player,
  select: (state: PlayerState) => Value,
): Value {
  return useSyncExternalStore(player.subscribe, () => select(player.read()));
}

export function canBePlayed({ kind, durationMs }: Pick<AssetSummary, 'kind' | 'durationMs'>): boolean {
  return (kind === 'audio' || kind === 'video') && durationMs !== null && durationMs > 0;
}

type Playable = Pick<AssetSummary, 'assetId' | 'kind' | 'durationMs' | 'isFileMissing' | 'hasThumbnail'>;

function makePlayer(asset: Playable): Player | null {
  const { kind, durationMs } = asset;
  if ((kind !== 'audio' && kind !== 'video') || durationMs === null || !canBePlayed(asset)) return null;
  return createPlayer(kind, durationMs, asset.hasThumbnail ? mediaUrl(asset.assetId, 'thumbnail') : null);
}

/** Makes a player for an asset and opens its file for as long as the component is shown. */
export function useOwnPlayer(asset: Playable): Player | null {
  const { assetId, isFileMissing } = asset;
  const [player] = useState(() => makePlayer(asset));
  useEffect(() => {
    if (isFileMissing) return;
    return player?.open(mediaUrl(assetId, 'original'));
  }, [player, assetId, isFileMissing]);
  return player;
}
