import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Conversation, UnsentDraft } from '../../../src-shared/domain/conversation.ts';
import { callPatiently, commandQuery } from '../../app/command-data.ts';
import type { CommandError } from '../../app/command-error.ts';
import { drafts } from './chat-state.ts';
import { newConversation } from './draft-store.ts';
import { createNewConversation } from './new-conversation.ts';
import { sendDraft } from './send-draft.ts';

const newOne = createNewConversation({ create: () => callPatiently('createConversation', {}), drafts });

/** Gives what is written a conversation, so that it is kept, and opens it without the person noticing. */
export function useEnsureConversation(conversationId: string | null): () => Promise<string> {
  const navigate = useNavigate();
  /** What is on the screen; undefined once this is not. */
  const shownId = useRef<string | null>(undefined);
  useEffect(() => {
    shownId.current = conversationId;
    const leave = conversationId === null ? newOne.show() : undefined;
    return () => {
      shownId.current = undefined;
      leave?.();
    };
  }, [conversationId]);
  return useCallback(async () => {
    if (conversationId !== null) return conversationId;
    const made = await newOne.make();
    // Whoever has gone elsewhere meanwhile is not brought back.
    if (shownId.current === null)
      await navigate({ to: '/chat/$conversationId', params: { conversationId: made }, replace: true });
    return made;
  }, [conversationId, navigate]);
}

export function useConversation(conversationId: string | null) {
  return useQuery({
    ...commandQuery('readConversation', { conversationId: conversationId ?? '' }),
    enabled: conversationId !== null,
    // An answer in the making is shown from its deltas; what is read says where they begin.
    staleTime: 0,
  });
}

/**
 * Other programs install and remove models too: an answer that failed for want of one, or that another one wrote than
 * the list says, makes the list be read again.
 */
export function useModelsAfterAnswer(
  conversation: Conversation | undefined,
  chosen: string | null | undefined,
): void {
  const queryClient = useQueryClient();
  const last = conversation?.messages.at(-1);
  const hasFailed = last?.error?.code.startsWith('dependency.') === true;
  const isByAnother = last?.state === 'done' && last.model !== null && last.model !== chosen;
  const tellingId = hasFailed || isByAnother ? last.messageId : null;
  useEffect(() => {
    if (tellingId === null) return;
    void queryClient.invalidateQueries({ queryKey: commandQuery('listChatModels', {}).queryKey });
  }, [tellingId, queryClient]);
}

interface Sending {
  send: (draft: UnsentDraft) => void;
  /** What is on its way, until the conversation that was read contains it. */
  onItsWay: UnsentDraft | null;
  error: CommandError | null;
}

/** Sends what is written, and makes a conversation for it where there is none. */
export function useSend(conversationId: string | null): Sending {
  const queryClient = useQueryClient();
  const ensure = useEnsureConversation(conversationId);
  const [sentIn, setSentIn] = useState<string | null>(null);
  const { mutate, isPending, variables, error } = useMutation<null, CommandError, UnsentDraft>({
    mutationFn: async (draft) => {
      setSentIn(conversationId);
      await sendDraft(queryClient, conversationId ?? newConversation, draft, async () => {
        const id = await ensure();
        setSentIn(id);
        return id;
      });
      return null;
    },
  });
  const isHere = sentIn === conversationId;
  return { send: mutate, onItsWay: isPending && isHere ? variables : null, error: isHere ? error : null };
}
