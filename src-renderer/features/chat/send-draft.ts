import type { QueryClient } from '@tanstack/react-query';
import type { UnsentDraft } from '../../../src-shared/domain/conversation.ts';
import { callPatiently, commandQuery } from '../../app/command-data.ts';
import { drafts } from './chat-state.ts';

/**
 * Sends what is written under a key of the drafts; it leaves its field at once, and what could not be sent is put back.
 * @param ensure gives the conversation, where the key is none yet
 */
export async function sendDraft(
  queryClient: QueryClient,
  key: string,
  draft: UnsentDraft,
  ensure: () => Promise<string> = () => Promise.resolve(key),
): Promise<void> {
  drafts.clear(key);
  let conversationId = key;
  try {
    conversationId = await ensure();
    // Saved after it was sent, it would stand there again after the next start.
    await drafts.settle(conversationId);
    await callPatiently('sendMessage', { conversationId, ...draft });
  } catch (thrown) {
    drafts.putBack(conversationId, draft);
    throw thrown;
  }
  await queryClient.invalidateQueries({
    queryKey: commandQuery('readConversation', { conversationId }).queryKey,
  });
}
