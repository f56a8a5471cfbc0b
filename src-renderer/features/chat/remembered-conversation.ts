import { newConversation } from './draft-store.ts';

const storageKey = 'longhand.conversation';

/** The conversation that was open last; Chat returns to it. */
export function recallConversation(): string {
  return localStorage.getItem(storageKey) ?? newConversation;
}

export function rememberConversation(conversationId: string): void {
  localStorage.setItem(storageKey, conversationId);
}
