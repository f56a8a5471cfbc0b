import { QueryObserver, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { commandQuery } from '../../app/command-data.ts';
import { toErrorDto } from '../../app/command-error.ts';
import { showError } from '../../app/error-toast.tsx';
import { createMessageQueue, type MessageQueue, type QueuedState } from './message-queue.ts';
import { sendDraft } from './send-draft.ts';

/** One for as long as the window lives: what waits goes out whichever screen is open then. */
const queues = new WeakMap<QueryClient, MessageQueue>();

function createQueue(queryClient: QueryClient): MessageQueue {
  return createMessageQueue({
    watch(conversationId, tell) {
      const query = commandQuery('readConversation', { conversationId });
      return new QueryObserver(queryClient, { ...query, staleTime: 0 }).subscribe(({ data, error }) => {
        if (error?.dto.code === 'input.not-found') tell(null);
        else if (data !== undefined) tell(data);
      });
    },
    send(conversationId, draft) {
      sendDraft(queryClient, conversationId, draft).catch((thrown: unknown) => showError(toErrorDto(thrown)));
    },
  });
}

/** The messages that wait for the end of an answer, and how the one of this conversation stands. */
export function useQueuedMessages(conversationId: string): {
  queue: MessageQueue;
  state: QueuedState | null;
} {
  const queryClient = useQueryClient();
  const queue = queues.get(queryClient) ?? createQueue(queryClient);
  queues.set(queryClient, queue);
  return { queue, state: useSyncExternalStore(queue.subscribe, () => queue.read(conversationId)) };
}
