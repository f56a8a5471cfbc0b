import { useEffect, useEffectEvent, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { createAutosave, type SaveState } from './autosave.ts';

/** Long enough not to write at every key, short enough that a crash costs a word at most. */
const pauseMs = 500;

/**
 * Saves what is written a moment after the last change, and at once when the screen is left.
 * @param value compared by identity; the first one counts as saved
 * @returns how it stands, and the end of the save that is under way, for whoever must not overtake it
 */
export function useAutosave<Value>(
  value: Value,
  save: (value: Value) => Promise<unknown>,
  isEnabled: boolean,
): { state: SaveState; settle: () => Promise<void> } {
  const [autosave] = useState(() => createAutosave({ first: value, pauseMs }));
  const saveLatest = useEffectEvent(save);
  useLayoutEffect(() => autosave.write(value, isEnabled), [autosave, value, isEnabled]);
  useEffect(() => {
    const leave = autosave.open((wanted) => saveLatest(wanted));
    window.addEventListener('pagehide', autosave.flush);
    return () => {
      window.removeEventListener('pagehide', autosave.flush);
      leave();
    };
  }, [autosave]);
  return { state: useSyncExternalStore(autosave.subscribe, autosave.read), settle: autosave.settle };
}
