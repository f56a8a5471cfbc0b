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
  /** It is sent: the conversation empties its own copy. */
  clear: (key: string) => void;
  /** It could not be sent: it stands again before what was written since. */
  putBack: (key: string, draft: UnsentDraft) => void;
  /** A conversation was made for what was written. Until {@link DraftStore.endMove} what is at `from` is what is at `to`. */
  move: (from: string, to: string) => void;
  /** Nobody writes at `from` any more: what is written there next is something else. */
  endMove: (from: string) => void;
  /** Resolves once no save of it is under way that a later one could overtake. */
  settle: (key: string) => Promise<void>;
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
  const moved = new Map<string, string>();
  const placeOf = (key: string) => moved.get(key) ?? key;
  const write = (key: string, draft: UnsentDraft) => {
    drafts.set(key, draft);
    saveLater(key);
    notify();
  };
  return {
    read: (key) => drafts.get(placeOf(key)),
    write: (key, draft) => write(placeOf(key), draft),
    clear(key) {
      const place = placeOf(key);
      clearTimeout(timers.get(place));
      timers.delete(place);
      drafts.set(place, emptyDraft);
      notify();
    },
    putBack(key, draft) {
      const place = placeOf(key);
      write(place, joined(draft, drafts.get(place) ?? emptyDraft));
    },
    move(from, to) {
      const draft = drafts.get(from);
      drafts.delete(from);
      clearTimeout(timers.get(from));
      timers.delete(from);
      moved.set(from, to);
      if (draft === undefined) return;
      drafts.set(to, draft);
      if (!isEmpty(draft)) saveNow(to);
      notify();
    },
    endMove(from) {
      if (moved.delete(from)) notify();
    },
    settle: (key) => saving.get(placeOf(key)) ?? Promise.resolve(),
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

function isEmpty({ text, assetIds }: UnsentDraft): boolean {
  return text === '' && assetIds.length === 0;
}

function joined(first: UnsentDraft, then: UnsentDraft): UnsentDraft {
  return {
    text: [first.text, then.text].filter((text) => text !== '').join('\n'),
    assetIds: [...new Set([...first.assetIds, ...then.assetIds])],
  };
}
