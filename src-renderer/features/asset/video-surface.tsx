import { useEffect, useRef } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { usePlayer } from './use-player.ts';

/** Shows the picture of the player; a click plays or pauses. */
export function VideoSurface({ className }: { className?: string }) {
  const player = usePlayer();
  const containerRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    return containerRef.current === null ? undefined : player.mount(containerRef.current);
  }, [player]);
  return (
    <div
      ref={containerRef}
      onClick={player.toggle}
      className={classNames('aspect-video w-full overflow-hidden bg-media', className)}
    />
  );
}
