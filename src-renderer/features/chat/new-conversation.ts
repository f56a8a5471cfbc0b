import type { DraftStore } from './draft-store.ts';
import { newConversation } from './draft-store.ts';

interface NewConversationOptions {
  create: () => Promise<{ conversationId: string }>;
  drafts: Pick<DraftStore, 'move' | 'endMove'>;
}

export interface NewConversation {
  /** Gives what is written a conversation: the same one for whoever asks, until it is open in the place of the new one. */
  make: () => Promise<string>;
  /** Tells that a new conversation is on the screen; returns the end of it. */
  show: () => () => void;
}

/**
 * The conversation that is made of what is written in none yet: the pause in typing or the sending wants it first. What
 * is written stays where it is seen meanwhile, however long it takes until the made one is on the screen.
 */
export function createNewConversation({ create, drafts }: NewConversationOptions): NewConversation {
  let making: Promise<string> | null = null;
  let isMade = false;
  let shownCount = 0;
  const forgetOnceLeft = () => {
    if (shownCount > 0 || !isMade) return;
    making = null;
    isMade = false;
    drafts.endMove(newConversation);
  };
  const makeNow = async () => {
    try {
      const { conversationId } = await create();
      drafts.move(newConversation, conversationId);
      isMade = true;
      forgetOnceLeft();
      return conversationId;
    } catch (thrown) {
      making = null;
      throw thrown;
    }
  };
  return {
    make: () => (making ??= makeNow()),
    show() {
      shownCount += 1;
      return () => {
        shownCount -= 1;
        forgetOnceLeft();
      };
    },
  };
}
