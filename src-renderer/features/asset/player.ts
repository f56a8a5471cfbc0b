import type { AssetKind } from '../../../src-shared/domain/asset.ts';

export interface PlayerState {
  positionMs: number;
  isPlaying: boolean;
  speed: number;
  isMuted: boolean;
  /** False once the file turned out to be of a kind that the window cannot play, or missing. */
  canPlay: boolean;
}

export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5] as const;

/** The next speed in the list, up or down. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const others = speeds.filter((candidate) => (direction === 1 ? candidate > speed : candidate < speed));
  return (direction === 1 ? others[0] : others.at(-1)) ?? speed;
}

export interface Player {
  durationMs: number;
  read: () => PlayerState;
  subscribe: (listener: () => void) => () => void;
  seek: (positionMs: number) => void;
  skip: (byMs: number) => void;
  toggle: () => void;
  play: () => void;
  pause: () => void;
  setSpeed: (speed: number) => void;
  toggleMute: () => void;
  /** Shows the picture inside an element; returns what takes it out again. */
  mount: (container: HTMLElement) => () => void;
  /** Begins to load; returns what stops playing and lets go of the file. */
  open: (url: string) => () => void;
}

/**
 * A media element with its state as a store. While it plays, the position is read on every frame, so that the current
 * word follows closely; components take from it only what they show.
 * @param posterUrl the picture shown before the first frame is there
 */
export function createPlayer(
  kind: Extract<AssetKind, 'audio' | 'video'>,
  durationMs: number,
  posterUrl: string | null,
): Player {
  const media = document.createElement(kind);
  media.preload = 'metadata';
  if (media instanceof HTMLVideoElement && posterUrl !== null) media.poster = posterUrl;
  media.className = 'size-full object-contain';
  media.tabIndex = -1;
  media.setAttribute('aria-label', kind === 'video' ? 'Video' : 'Audio');
  const listeners = new Set<() => void>();
  let state: PlayerState = { positionMs: 0, isPlaying: false, speed: 1, isMuted: false, canPlay: true };
  let frame = 0;

  const update = (change: Partial<PlayerState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const readPosition = () => update({ positionMs: Math.round(media.currentTime * 1000) });
  const follow = () => {
    readPosition();
    frame = media.paused ? 0 : requestAnimationFrame(follow);
  };
  const noteState = () => {
    update({ isPlaying: !media.paused, speed: media.playbackRate, isMuted: media.muted });
    if (!media.paused && frame === 0) follow();
  };
  media.addEventListener('seeking', readPosition);
  media.addEventListener('timeupdate', readPosition);
  for (const event of ['play', 'playing', 'pause', 'ended', 'ratechange', 'volumechange'])
    media.addEventListener(event, noteState);
  media.addEventListener('error', () => {
    if (media.hasAttribute('src')) update({ canPlay: false, isPlaying: false });
  });

  const seek = (positionMs: number) => {
    const clamped = Math.min(Math.max(0, positionMs), durationMs);
    // Without a playable file the position still moves, so that a transcript can be worked on.
    if (state.canPlay) media.currentTime = clamped / 1000;
    update({ positionMs: clamped });
  };
  // A refusal arrives as an error event as well; it is dealt with there.
  const play = () => void media.play().catch(noteState);
  return {
    durationMs,
    read: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    seek,
    skip: (byMs) => seek(state.positionMs + byMs),
    toggle: () => {
      if (!state.canPlay) return;
      if (media.paused) play();
      else media.pause();
    },
    play: () => {
      if (state.canPlay) play();
    },
    pause: () => media.pause(),
    setSpeed: (speed) => {
      media.playbackRate = speed;
    },
    toggleMute: () => {
      media.muted = !media.muted;
    },
    mount: (container) => {
      container.append(media);
      return () => media.remove();
    },
    open: (url) => {
      media.src = url;
      if (state.positionMs > 0) media.currentTime = state.positionMs / 1000;
      return () => {
        media.pause();
        media.removeAttribute('src');
        media.load();
        cancelAnimationFrame(frame);
        frame = 0;
      };
    },
  };
}
