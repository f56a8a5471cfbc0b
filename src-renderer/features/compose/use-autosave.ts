import { useEffect, useEffectEvent, useRef, useState } from 'react';

export type SaveState = 'saved' | 'changed' | 'saving' | 'failed';

/** Long enough not to write at every key, short enough that a crash costs a word at most. */
const pauseMs = 500;

/**
 * Saves what is written a moment after the last change, and at once when the screen is left. One save is under way at
 * a time, so that an older text never lands after a newer one.
 * @param value compared by identity; the first one counts as saved
 */
export function useAutosave<Value>(
  value: Value,
  save: (value: Value) => Promise<unknown>,
  isEnabled: boolean,
): SaveState {
  const [savedValue, setSavedValue] = useState(value);
  const [attempt, setAttempt] = useState<'none' | 'running' | 'failed'>('none');
  const isRunning = useRef(false);
  const isChanged = isEnabled && savedValue !== value;

  const flush = useEffectEvent(async () => {
    if (!isChanged || isRunning.current) return;
    isRunning.current = true;
    setAttempt('running');
    try {
      await save(value);
      setSavedValue(value);
      setAttempt('none');
    } catch {
      // The save itself has told what is wrong; here it only matters that the text is not safe yet.
      setAttempt('failed');
    } finally {
      isRunning.current = false;
    }
  });

  useEffect(() => {
    if (!isChanged) return;
    const timer = setInterval(() => void flush(), pauseMs);
    return () => clearInterval(timer);
  }, [value, isChanged]);

  useEffect(() => {
    const leave = () => void flush();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  if (attempt === 'running') return 'saving';
  if (!isChanged) return 'saved';
  return attempt === 'failed' ? 'failed' : 'changed';
}
