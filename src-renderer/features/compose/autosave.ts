export type SaveState = 'saved' | 'changed' | 'saving' | 'failed';

interface AutosaveOptions<Value> {
  /** Counts as saved. */
  first: Value;
  /** How long a pause after the last change is. */
  pauseMs: number;
}

export interface Autosave<Value> {
  /** What is written now, compared by identity, and whether it is to be saved. */
  write: (value: Value, isEnabled: boolean) => void;
  /** Tells that it is written in; returns the end of that, at which all of it is saved at once. */
  open: (save: (value: Value) => Promise<unknown>) => () => void;
  /** Saves at once what is not saved yet; what a save under way does not have follows it. */
  flush: () => void;
  /** Resolves once no save is under way, for whoever must not overtake it. */
  settle: () => Promise<void>;
  read: () => SaveState;
  subscribe: (listener: () => void) => () => void;
}

/**
 * Saves what is written a moment after the last change. One save is under way at a time, so that an older text never
 * lands after a newer one; what is written meanwhile is saved after it, also where nobody looks any more.
 */
export function createAutosave<Value>({ first, pauseMs }: AutosaveOptions<Value>): Autosave<Value> {
  let value = first;
  let savedValue = first;
  let isEnabled = true;
  let isOpen = false;
  let save: (value: Value) => Promise<unknown> = () => Promise.resolve();
  let hasFailed = false;
  let running: { value: Value; ended: Promise<void> } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const isChanged = () => isEnabled && savedValue !== value;

  const saveValue = async (wanted: Value) => {
    try {
      await save(wanted);
      savedValue = wanted;
      hasFailed = false;
    } catch {
      // The save itself has told what is wrong; here it only matters that the text is not safe yet.
      hasFailed = true;
    }
    running = null;
    flushLater();
    notify();
  };
  const flush = () => {
    clearTimeout(timer);
    if (!isChanged()) return;
    if (running === null) running = { value, ended: saveValue(value) };
    else if (running.value !== value) void running.ended.then(flush);
    notify();
  };
  const flushLater = () => {
    clearTimeout(timer);
    if (isOpen && isChanged()) timer = setTimeout(flush, pauseMs);
  };
  return {
    write(next, isNowEnabled) {
      if (next === value && isNowEnabled === isEnabled) return;
      value = next;
      isEnabled = isNowEnabled;
      flushLater();
      notify();
    },
    open(saveWith) {
      isOpen = true;
      save = saveWith;
      flushLater();
      return () => {
        isOpen = false;
        flush();
      };
    },
    flush,
    settle: () => running?.ended ?? Promise.resolve(),
    read: () => {
      if (running !== null) return 'saving';
      if (!isChanged()) return 'saved';
      return hasFailed ? 'failed' : 'changed';
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
