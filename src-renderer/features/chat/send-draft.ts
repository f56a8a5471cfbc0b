import type { QueryClient } from '@tanstack/react-query';
import type { UnsentDraft } from '../../../src-shared/domain/conversation.ts';
import { callPatiently, commandQuery } from '../../app/command-data.ts';
import { drafts } from './chat-state.ts';

/** Sends what is written in a conversation. What could not be sent is put back where it was written. */
export async function sendDraft(
  queryClient: QueryClient,
  conversationId: string,
  draft: UnsentDraft,
): Promise<void> {
  drafts.clear(conversationId);
  try {
    await callPatiently('sendMessage', { conversationId, ...draft });
  } catch (thrown) {
    drafts.write(conversationId, draft);
    throw thrown;
  }
  await queryClient.invalidateQueries({
    queryKey: commandQuery('readConversation', { conversationId }).queryKey,
  });
}
