import type { MessageRow } from '../../src-data/messages.ts';
import { titleFrom } from './conversation-commands.ts';
import type { ChangeHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { wrongState } from '../commands/wrong-state.ts';

/** The message, the answer's row and the emptied draft are one transaction; the writing begins once that is on disk. */
export const sendMessage: ChangeHandler<'send-message'> = {
  prepare:
    ({ conversationId, text, assetIds }, services) =>
    () => {
      const { conversations, messages, answers } = services;
      conversations.get(conversationId);
      assertQuiet(services, conversationId);
      if (messages.listAll(conversationId).length === 0) {
        conversations.suggestTitle(conversationId, titleFrom(text));
      }
      if (assetIds.length > 0) conversations.attach(conversationId, assetIds);
      const sentMessageId = messages.addFromPerson(conversationId, text, assetIds);
      const messageId = messages.beginAnswer(conversationId, sentMessageId);
      conversations.saveDraft(conversationId, { text: '', assetIds: [] });
      conversations.touch(conversationId);
      return {
        output: { conversationId, sentMessageId, messageId },
        entityId: messageId,
        afterCommit: () => answers.begin(messageId),
      };
    },
};

/** Waits until the request to the model has ended, so that the answer is also true of the model. */
export const stopAnswer: ChangeHandler<'stop-answer'> = {
  async prepare({ messageId }, { messages, answers }) {
    messages.get(messageId);
    const wasAnswering = await answers.stop(messageId);
    return () => ({ output: { wasAnswering }, entityId: messageId });
  },
};

export const regenerateAnswer: ChangeHandler<'regenerate-answer'> = {
  prepare:
    ({ messageId: formerId }, services) =>
    () => {
      const { conversations, messages, answers } = services;
      const { conversationId, replyTo } = getAnswer(services, formerId);
      assertQuiet(services, conversationId);
      const messageId = messages.beginAnswer(conversationId, replyTo);
      conversations.touch(conversationId);
      return {
        output: { conversationId, messageId },
        entityId: messageId,
        afterCommit: () => answers.begin(messageId),
      };
    },
};

export const continueAnswer: ChangeHandler<'continue-answer'> = {
  prepare:
    ({ messageId }, services) =>
    () => {
      const { conversations, messages, answers } = services;
      const { conversationId, state } = getAnswer(services, messageId);
      assertQuiet(services, conversationId);
      if (state === 'done') {
        throw wrongState('This answer came to its end. Nothing was changed. Ask for another one instead.', {
          messageId,
        });
      }
      messages.resumeAnswer(messageId);
      conversations.touch(conversationId);
      return {
        output: { conversationId, messageId },
        entityId: messageId,
        afterCommit: () => answers.begin(messageId),
      };
    },
};

export const chooseAnswer: ChangeHandler<'choose-answer'> = {
  prepare:
    ({ messageId }, services) =>
    () => {
      const { replyTo } = getAnswer(services, messageId);
      services.messages.chooseAnswer(messageId, replyTo);
      return { output: { chosen: true }, entityId: messageId };
    },
};

function getAnswer({ messages }: CommandServices, messageId: string): MessageRow & { replyTo: string } {
  const row = messages.get(messageId);
  if (row.replyTo === null) {
    throw wrongState('This is not an answer. Nothing was changed. Choose the answer below it.', {
      messageId,
    });
  }
  return { ...row, replyTo: row.replyTo };
}

/** One answer at a time in a conversation: two would talk at cross purposes. */
function assertQuiet({ messages }: CommandServices, conversationId: string): void {
  if (messages.findStreaming(conversationId) === undefined) return;
  throw wrongState(
    'An answer is still being written in this conversation. Nothing was sent; your text is kept. Wait for it, or stop it.',
    { conversationId },
  );
}
