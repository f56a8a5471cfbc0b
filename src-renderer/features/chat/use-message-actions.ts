import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Conversation, Message } from '../../../src-shared/domain/conversation.ts';
import { bridge } from '../../app/bridge.ts';
import { callPatiently, commandQuery, useCommand } from '../../app/command-data.ts';
import { toErrorDto } from '../../app/command-error.ts';
import { showError } from '../../app/error-toast.tsx';

export interface MessageActions {
  stop: (messageId: string) => void;
  regenerate: (messageId: string) => void;
  goOn: (messageId: string) => void;
  choose: (messageId: string) => void;
  branch: (messageId: string) => void;
  copy: (text: string) => void;
  /** Sends a changed message in a branch that ends before it; the conversation itself stays as it is. */
  resend: (message: Message, text: string) => void;
}

async function copyText(text: string): Promise<void> {
  const result = await bridge.copyText(text);
  if (!result.ok) showError(result.error);
}

async function sendInBranch(conversation: Conversation, message: Message, text: string): Promise<string> {
  const index = conversation.messages.findIndex(({ messageId }) => messageId === message.messageId);
  const before = conversation.messages[index - 1];
  const branch =
    before === undefined
      ? await callPatiently('createConversation', {
          title: conversation.title,
          assetIds: conversation.assets.map(({ assetId }) => assetId),
        })
      : await callPatiently('branchConversation', { messageId: before.messageId });
  const { conversationId } = branch;
  await callPatiently('sendMessage', { conversationId, text, assetIds: message.assetIds });
  return conversationId;
}

/** All that can be done with the messages of a conversation; stays the same while the conversation does. */
export function useMessageActions(conversation: Conversation | undefined): MessageActions {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const conversationId = conversation?.conversationId;
  const refresh = {
    onSuccess: () => {
      if (conversationId === undefined) return;
      void queryClient.invalidateQueries({
        queryKey: commandQuery('readConversation', { conversationId }).queryKey,
      });
    },
  };
  const { mutate: stop } = useCommand('stopAnswer', refresh);
  const { mutate: regenerate } = useCommand('regenerateAnswer', refresh);
  const { mutate: goOn } = useCommand('continueAnswer', refresh);
  const { mutate: choose } = useCommand('chooseAnswer', refresh);
  const { mutate: branch } = useCommand('branchConversation', {
    onSuccess: (made) =>
      void navigate({ to: '/chat/$conversationId', params: { conversationId: made.conversationId } }),
  });
  return useMemo(
    () => ({
      stop: (messageId) => stop({ messageId }),
      regenerate: (messageId) => regenerate({ messageId }),
      goOn: (messageId) => goOn({ messageId }),
      choose: (messageId) => choose({ messageId }),
      branch: (messageId) => branch({ messageId }),
      copy: (text) => void copyText(text),
      resend: (message, text) => {
        if (conversation === undefined) return;
        sendInBranch(conversation, message, text)
          .then((id) => navigate({ to: '/chat/$conversationId', params: { conversationId: id } }))
          .catch((thrown: unknown) => showError(toErrorDto(thrown)));
      },
    }),
    [stop, regenerate, goOn, choose, branch, conversation, navigate],
  );
}
