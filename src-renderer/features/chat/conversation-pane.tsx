import { MessageSquareOff, Trash2 } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import type { Conversation, UnsentDraft } from '../../../src-shared/domain/conversation.ts';
import { useCommand, type MethodOutput } from '../../app/command-data.ts';
import { toErrorDto } from '../../app/command-error.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { showError } from '../../app/error-toast.tsx';
import { useTakeDrops } from '../../app/drop-taker.ts';
import { useProcesses } from '../../app/live-updates.tsx';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EditableText } from '../../ui/editable-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { drafts, useDraft } from './chat-state.ts';
import { Composer } from './composer.tsx';
import { ContextButton } from './context-button.tsx';
import { emptyDraft, newConversation } from './draft-store.ts';
import { ModelMenu } from './model-menu.tsx';
import { readReadiness, type Readiness } from './model-readiness.ts';
import { ModelState } from './model-state.tsx';
import { SaidText } from './person-message.tsx';
import { useQueuedMessages } from './queued-messages.ts';
import { Thread } from './thread.tsx';
import { useConversation, useEnsureConversation, useModelsAfterAnswer, useSend } from './use-conversation.ts';
import { useMessageActions } from './use-message-actions.ts';
import { Welcome } from './welcome.tsx';

interface ConversationPaneProps {
  conversationId: string | null;
  wantedMessageId: string | undefined;
  models: MethodOutput<'listChatModels'> | undefined;
  onRename: (conversationId: string, title: string) => void;
  onDelete: (conversation: Conversation) => void;
}

/** How long the person pauses before what they write gets a conversation to be kept in. */
const firstPauseMs = 350;

export function ConversationPane(props: ConversationPaneProps) {
  const { conversationId, wantedMessageId, models, onRename, onDelete } = props;
  const { data, error, refetch } = useConversation(conversationId);
  const conversation = conversationId === null ? undefined : data;
  const key = conversationId ?? newConversation;
  const draft = useDraft(key) ?? conversation?.draft ?? emptyDraft;
  const ensure = useEnsureConversation(conversationId);
  const { send, onItsWay, error: sendError } = useSend(conversationId);
  const detach = useCommand('detachAsset');
  const actions = useMessageActions(conversation);
  useModelsAfterAnswer(conversation, models?.chosen.chat);
  const readiness = readReadiness(models, useProcesses());
  const answering = conversation?.messages.find(({ state }) => state === 'streaming');
  const isEmpty = (conversation?.messages.length ?? 0) === 0 && onItsWay === null;
  const say = useCallback((text: string) => send({ text, assetIds: [] }), [send]);
  const { queue, state: queued } = useQueuedMessages(key);
  const write = (next: UnsentDraft) => {
    // What goes out is what Enter was pressed on.
    queue.takeOut(key);
    drafts.write(key, next);
  };
  const sendOrQueue = () => {
    const message = { ...draft, text: draft.text.trim() };
    queue.takeOut(key);
    if (answering === undefined) send(message);
    else queue.add(key, message);
  };
  useTakeDrops((assetIds) => write({ ...draft, assetIds: [...new Set([...draft.assetIds, ...assetIds])] }));

  const needsConversation =
    conversationId === null && (draft.text.trim() !== '' || draft.assetIds.length > 0);
  useEffect(() => {
    if (!needsConversation) return;
    const timer = setTimeout(() => {
      ensure().catch((thrown: unknown) => showError(toErrorDto(thrown)));
    }, firstPauseMs);
    return () => clearTimeout(timer);
  }, [needsConversation, draft, ensure]);

  if (error !== null && conversation === undefined && conversationId !== null) {
    return (
      <div className="min-w-0 flex-1">
        {error.dto.code === 'input.not-found' ? (
          <ConversationGone />
        ) : (
          <ErrorNotice error={error.dto} retry={() => void refetch()} className="m-6" />
        )}
      </div>
    );
  }
  return (
    <section aria-label={conversation?.title ?? 'New conversation'} className="flex min-w-0 flex-1 flex-col">
      <header
        className={classNames(
          'flex h-13 shrink-0 items-center gap-2 border-b px-6',
          isEmpty ? 'border-transparent' : 'border-line',
        )}
      >
        <h2 className="min-w-0 flex-1 truncate font-semibold">
          {conversation === undefined || isEmpty ? (
            <span className="sr-only">New conversation</span>
          ) : (
            <EditableText
              key={conversation.conversationId}
              label="Title"
              value={conversation.title}
              placeholder="Conversation"
              isRequired
              className="truncate"
              onSave={(title) => onRename(conversation.conversationId, title)}
            />
          )}
        </h2>
        {models === undefined ? null : <ModelMenu models={models} />}
        {conversation === undefined || isEmpty ? null : (
          <IconButton
            label="Delete this conversation"
            size="icon-small"
            onClick={() => onDelete(conversation)}
          >
            <Trash2 />
          </IconButton>
        )}
      </header>
      {conversation === undefined && onItsWay !== null ? (
        <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col items-end px-6 pt-6">
          <SaidText text={onItsWay.text} isOnItsWay />
        </div>
      ) : conversationId !== null && conversation === undefined ? (
        <ThreadSkeleton />
      ) : conversation === undefined || isEmpty ? (
        <Welcome
          offersStarts={readiness.state !== 'no-model' && readiness.state !== 'no-runtime'}
          onBegin={(text, assetIds) => write({ text, assetIds })}
        />
      ) : (
        <Thread
          key={conversation.conversationId}
          conversation={conversation}
          onItsWay={onItsWay}
          wantedMessageId={wantedMessageId}
          actions={actions}
          onSay={say}
        />
      )}
      <div className="mx-auto w-full max-w-3xl shrink-0 px-6 pb-4">
        <ModelState readiness={readiness} />
        {sendError !== null ? (
          <ErrorNotice error={sendError.dto} retry={() => send(draft)} className="mb-3" />
        ) : null}
        <Composer
          draft={draft}
          assets={conversation?.assets ?? []}
          isAnswering={answering !== undefined}
          blockedBecause={blockedBecause(readiness, onItsWay !== null)}
          focusKey={isEmpty ? newConversation : key}
          onChange={write}
          onDetach={(assetId) => conversationId !== null && detach.mutate({ conversationId, assetId })}
          queued={queued}
          onSend={sendOrQueue}
          onUnqueue={() => queue.takeOut(key)}
          onStop={() => answering !== undefined && actions.stop(answering.messageId)}
        >
          {conversation === undefined || readiness.state !== 'ready' ? null : (
            <ContextButton
              conversationId={conversation.conversationId}
              draft={draft}
              revision={`${conversation.messageCount} ${conversation.updatedAt} ${conversation.assets.length} ${answering?.messageId ?? ''}`}
            />
          )}
        </Composer>
      </div>
    </section>
  );
}

function blockedBecause(readiness: Readiness, isSending: boolean): string | null {
  if (isSending) return 'Sending…';
  switch (readiness.state) {
    case 'ready':
    case 'unknown':
    // The runtime has the last word on what fits: what it refuses is said by the answer.
    case 'too-large':
    // Looking up, searching and scheduling need no model; where one is needed the answer says so.
    case 'no-runtime':
    case 'no-model':
      return null;
    case 'runtime-starting':
      return 'Waits for the runtime';
  }
}

function ConversationGone() {
  return (
    <EmptyState
      icon={<MessageSquareOff />}
      title="This conversation is gone"
      actions={
        <Link
          to="/chat/$conversationId"
          params={{ conversationId: newConversation }}
          className="font-medium text-accent underline"
        >
          Start a new one
        </Link>
      }
    >
      It was deleted. Recordings, drafts and posts that came of it are still there.
    </EmptyState>
  );
}

function ThreadSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="mx-auto w-full max-w-3xl flex-1 px-6 pt-6">
      <Skeleton className="ml-auto h-11 w-2/5 rounded-2xl" />
      <Skeleton className="mt-8 h-4 w-full" />
      <Skeleton className="mt-3 h-4 w-11/12" />
      <Skeleton className="mt-3 h-4 w-3/5" />
    </div>
  );
}
