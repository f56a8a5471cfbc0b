import type { MessageRow } from '../../src-data/messages.ts';
import type { Conversation } from '../../src-shared/domain/conversation.ts';
import type { ChangeHandler, QueryHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';

/** What a conversation is called before anything was said in it. */
const untitled = 'New conversation';
const longestTitle = 80;

export const listConversations: QueryHandler<'list-conversations'> = {
  answer: (input, { conversationQueries }) => conversationQueries.list(input),
};

export const readConversation: QueryHandler<'read-conversation'> = {
  answer: ({ conversationId }, services) => readWhole(services, conversationId),
};

export const createConversation: ChangeHandler<'create-conversation'> = {
  prepare:
    ({ title, assetIds }, services) =>
    () => {
      const { conversations } = services;
      const isTitleGiven = title !== undefined;
      const conversationId = conversations.create({ title: title ?? untitled, isTitleGiven });
      if (assetIds.length > 0) conversations.attach(conversationId, assetIds);
      return { output: readWhole(services, conversationId), entityId: conversationId };
    },
};

export const renameConversation: ChangeHandler<'rename-conversation'> = {
  prepare:
    ({ conversationId, title }, { conversations, conversationQueries }) =>
    () => {
      conversations.rename(conversationId, title);
      return { output: conversationQueries.summary(conversationId), entityId: conversationId };
    },
};

/** The answer in hand is stopped first: nobody could read it any more. */
export const deleteConversation: ChangeHandler<'delete-conversation'> = {
  async prepare({ conversationId }, { conversations, messages, answers }) {
    conversations.get(conversationId);
    const streaming = messages.findStreaming(conversationId);
    if (streaming !== undefined) await answers.stop(streaming.messageId);
    return () => {
      conversations.remove(conversationId);
      return { output: { removed: true }, entityId: conversationId };
    };
  },
};

export const branchConversation: ChangeHandler<'branch-conversation'> = {
  prepare:
    ({ messageId }, services) =>
    () => {
      const { conversations, messages } = services;
      const last = messages.get(messageId);
      const { title } = conversations.get(last.conversationId);
      const branchId = conversations.create({ title: `${title} (branch)`, isTitleGiven: false });
      const assetIds = conversations.listAssetIds(last.conversationId);
      if (assetIds.length > 0) conversations.attach(branchId, assetIds);
      messages.copyUpTo(upTo(services, last), branchId);
      return { output: readWhole(services, branchId), entityId: branchId };
    },
};

export const saveUnsentDraft: QueryHandler<'save-unsent-draft'> = {
  answer({ conversationId, text, assetIds }, { conversations }) {
    conversations.saveDraft(conversationId, { text, assetIds });
    return { saved: true };
  },
};

export const attachAssets: ChangeHandler<'attach-assets'> = {
  prepare:
    ({ conversationId, assetIds }, services) =>
    () => {
      services.conversations.get(conversationId);
      services.conversations.attach(conversationId, assetIds);
      return { output: readWhole(services, conversationId), entityId: conversationId };
    },
};

export const detachAsset: ChangeHandler<'detach-asset'> = {
  prepare:
    ({ conversationId, assetId }, services) =>
    () => {
      services.conversations.detach(conversationId, assetId);
      return { output: readWhole(services, conversationId), entityId: conversationId };
    },
};

export const readContextMeter: QueryHandler<'read-context-meter'> = {
  answer: ({ conversationId, text, assetIds }, { talk }) => talk.measure(conversationId, { text, assetIds }),
};

/** The beginning of what was said, cut between two words. */
export function titleFrom(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= longestTitle) return line;
  const space = line.lastIndexOf(' ', longestTitle);
  return `${line.slice(0, space > longestTitle / 2 ? space : longestTitle)}…`;
}

function readWhole({ conversationQueries, answers }: CommandServices, conversationId: string): Conversation {
  return conversationQueries.read(conversationId, (messageId) => answers.readLive(messageId));
}

/** What led to this message. Of an answer that is being written, the branch has what has come so far. */
function upTo({ messages, answers }: CommandServices, last: MessageRow): MessageRow[] {
  const shown = messages.listCurrent(last.conversationId);
  const question = last.replyTo ?? last.messageId;
  const until = shown.findIndex(({ messageId }) => messageId === question);
  const rows = [...shown.slice(0, until + 1), ...(last.replyTo === null ? [] : [last])];
  return rows.map((row) => ({
    ...row,
    isCurrent: true,
    ...(row.state === 'streaming'
      ? { state: 'stopped' as const, text: answers.readLive(row.messageId)?.text ?? row.text }
      : {}),
  }));
}
