import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useRereading } from './chat-state.ts';
import { ConversationList } from './conversation-list.tsx';
import { ConversationPane } from './conversation-pane.tsx';
import { newConversation } from './draft-store.ts';
import { rememberConversation } from './remembered-conversation.ts';
import { RenameDialog } from './rename-dialog.tsx';

const route = getRouteApi('/chat/$conversationId');

const lookAgainMs = 5_000;

interface Named {
  conversationId: string;
  title: string;
}

export function ChatScreen() {
  const params = route.useParams();
  const { message } = route.useSearch();
  const conversationId = params.conversationId === newConversation ? null : params.conversationId;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { data: models } = useQuery({
    ...commandQuery('listChatModels', {}),
    // One that did not answer in time was perhaps only busy, and nobody tells when it is not any more.
    refetchInterval: ({ state }) => (state.data?.runtime.isReady === false ? lookAgainMs : false),
  });
  const [renaming, setRenaming] = useState<Named | null>(null);
  const [deleting, setDeleting] = useState<Named | null>(null);
  const rename = useCommand('renameConversation');
  const remove = useCommand('deleteConversation', {
    onSuccess: (_removed, input) => {
      queryClient.removeQueries({ queryKey: commandQuery('readConversation', input).queryKey });
      if (input.conversationId === conversationId) open(newConversation);
    },
  });
  const open = (id: string) => void navigate({ to: '/chat/$conversationId', params: { conversationId: id } });
  useRereading();
  useEffect(() => rememberConversation(params.conversationId), [params.conversationId]);
  return (
    <div className="flex h-full">
      <ConversationList currentId={conversationId} onRename={setRenaming} onDelete={setDeleting} />
      <ConversationPane
        conversationId={conversationId}
        wantedMessageId={message}
        models={models}
        onRename={(id, title) => rename.mutate({ conversationId: id, title })}
        onDelete={setDeleting}
      />
      {renaming === null ? null : (
        <RenameDialog
          title={renaming.title}
          onClose={() => setRenaming(null)}
          onSave={(title) => rename.mutate({ conversationId: renaming.conversationId, title })}
        />
      )}
      <Confirm
        isOpen={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={`Delete “${deleting?.title ?? ''}”?`}
        description="All that was said in it goes. Recordings, drafts and posts stay, and so do branches of it."
        action="Delete"
        onConfirm={() => {
          if (deleting !== null) remove.mutate({ conversationId: deleting.conversationId });
        }}
      />
    </div>
  );
}
