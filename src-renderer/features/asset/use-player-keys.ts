import { useHotkeys } from '../../app/hotkeys.ts';
import { nextSpeed, type Player } from './player.ts';

/** Space and K play, J and L go back and on, arrows seek, signs change the speed. */
export function usePlayerKeys(player: Player | null): void {
  const changeSpeed = (direction: 1 | -1) => player?.setSpeed(nextSpeed(player.read().speed, direction));
  useHotkeys(
    {
      space: () => player?.toggle(),
      k: () => player?.toggle(),
      j: () => player?.skip(-10_000),
      l: () => player?.skip(10_000),
      arrowleft: () => player?.skip(-5000),
      arrowright: () => player?.skip(5000),
      home: () => player?.seek(0),
      '<': () => changeSpeed(-1),
      '>': () => changeSpeed(1),
    },
    player !== null,
  );
}
