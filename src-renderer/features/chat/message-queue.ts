import type { Conversation, UnsentDraft } from '../../../src-shared/domain/conversation.ts';

/** `waiting` goes out when the answer in hand ends; `held` stayed, since that answer failed. */
export type QueuedState = 'waiting' | 'held';

interface MessageQueueOptions {
  /** Tells of the conversation whenever it was read anew; null once it is gone. Returns the end of telling. */
  watch: (conversationId: string, tell: (conversation: Conversation | null) => void) => () => void;
  /** What cannot be sent goes back to where it was written. */
  send: (conversationId: string, draft: UnsentDraft) => void;
}

export interface MessageQueue {
  read: (conversationId: string) => QueuedState | null;
  /** Sends this once no answer is being written in the conversation. */
  add: (conversationId: string, draft: UnsentDraft) => void;
  takeOut: (conversationId: string) => void;
  subscribe: (listener: () => void) => () => void;
}

/**
 * Messages that wait for the end of an answer, one a conversation, wherever the person looks meanwhile. Until it goes
 * out a message stays where it was written, so that nothing is lost whatever happens to the window.
 */
export function createMessageQueue({ watch, send }: MessageQueueOptions): MessageQueue {
  const states = new Map<string, QueuedState>();
  const endWatching = new Map<string, () => void>();
  const listeners = new Set<() => void>();

  function set(conversationId: string, state: QueuedState | null): void {
    if (state === null) states.delete(conversationId);
    else states.set(conversationId, state);
    if (state !== 'waiting') {
      endWatching.get(conversationId)?.();
      endWatching.delete(conversationId);
    }
    for (const listener of listeners) listener();
  }

  return {
    read: (conversationId) => states.get(conversationId) ?? null,

    add(conversationId, draft) {
      endWatching.get(conversationId)?.();
      set(conversationId, 'waiting');
      endWatching.set(
        conversationId,
        watch(conversationId, (conversation) => {
          if (states.get(conversationId) !== 'waiting') return;
          if (conversation === null) set(conversationId, null);
          else if (conversation.messages.some(({ state }) => state === 'streaming')) return;
          else if (conversation.messages.at(-1)?.state === 'failed') set(conversationId, 'held');
          else {
            set(conversationId, null);
            send(conversationId, draft);
          }
        }),
      );
    },

    takeOut: (conversationId) => set(conversationId, null),

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
