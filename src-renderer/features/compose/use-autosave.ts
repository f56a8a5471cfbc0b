import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';

export type SaveState = 'saved' | 'changed' | 'saving' | 'failed';

/** Long enough not to write at every key, short enough that a crash costs a word at most. */
const pauseMs = 500;

/**
 * Saves what is written a moment after the last change, and at once when the screen is left. One save is under way at
 * a time, so that an older text never lands after a newer one.
 * @param value compared by identity; the first one counts as saved
 * @returns how it stands, and the save that is under way, for whoever must not overtake it
 */
export function useAutosave<Value>(
  value: Value,
  save: (value: Value) => Promise<unknown>,
  isEnabled: boolean,
): { state: SaveState; running: RefObject<Promise<void> | null> } {
  const [savedValue, setSavedValue] = useState(value);
  const [attempt, setAttempt] = useState<'none' | 'running' | 'failed'>('none');
  const running = useRef<Promise<void> | null>(null);
  const isChanged = isEnabled && savedValue !== value;

  const saveNow = async () => {
    setAttempt('running');
    try {
      await save(value);
      setSavedValue(value);
      setAttempt('none');
    } catch {
      // The save itself has told what is wrong; here it only matters that the text is not safe yet.
      setAttempt('failed');
    } finally {
      running.current = null;
    }
  };
  const flush = useEffectEvent(() => {
    if (isChanged && running.current === null) running.current = saveNow();
  });

  useEffect(() => {
    if (!isChanged) return;
    const timer = setInterval(() => flush(), pauseMs);
    return () => clearInterval(timer);
  }, [value, isChanged]);

  useEffect(() => {
    const leave = () => flush();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  const state =
    attempt === 'running' ? 'saving' : !isChanged ? 'saved' : attempt === 'failed' ? 'failed' : 'changed';
  return { state, running };
}
