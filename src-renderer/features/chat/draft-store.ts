import type { UnsentDraft } from '../../../src-shared/domain/conversation.ts';

/** Where a draft is kept that belongs to no conversation yet. */
export const newConversation = 'new';

interface DraftStoreOptions {
  /** Keeps a draft outside of the window. */
  save: (conversationId: string, draft: UnsentDraft) => Promise<void>;
  /** How long a pause in typing is. */
  pauseMs: number;
}

export interface DraftStore {
  /** What is written here, or undefined where nothing was changed in this window. */
  read: (key: string) => UnsentDraft | undefined;
  write: (key: string, draft: UnsentDraft) => void;
  /** It was sent: the conversation has emptied its own copy. */
  clear: (key: string) => void;
  /** A conversation was made for what was written. */
  move: (from: string, to: string) => void;
  /** Saves at once what waits for a pause. */
  flush: () => void;
  subscribe: (listener: () => void) => () => void;
}

/**
 * Unsent text. What is written in this window counts; with every pause in typing it is saved, in the order in which it
 * was written, so that it outlives the window and a crash.
 */
export function createDraftStore({ save, pauseMs }: DraftStoreOptions): DraftStore {
  const drafts = new Map<string, UnsentDraft>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const saving = new Map<string, Promise<void>>();
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const saveNow = (key: string) => {
    clearTimeout(timers.get(key));
    timers.delete(key);
    const draft = drafts.get(key);
    if (draft === undefined || key === newConversation) return;
    const before = saving.get(key) ?? Promise.resolve();
    saving.set(
      key,
      before.then(() => save(key, drafts.get(key) ?? draft)),
    );
  };
  const saveLater = (key: string) => {
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => saveNow(key), pauseMs),
    );
  };
  return {
    read: (key) => drafts.get(key),
    write(key, draft) {
      drafts.set(key, draft);
      saveLater(key);
      notify();
    },
    clear(key) {
      clearTimeout(timers.get(key));
      timers.delete(key);
      drafts.set(key, emptyDraft);
      notify();
    },
    move(from, to) {
      const draft = drafts.get(from);
      drafts.delete(from);
      clearTimeout(timers.get(from));
      timers.delete(from);
      if (draft === undefined) return;
      drafts.set(to, draft);
      saveNow(to);
      notify();
    },
    flush() {
      for (const key of [...timers.keys()]) saveNow(key);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const emptyDraft: UnsentDraft = { text: '', assetIds: [] };
