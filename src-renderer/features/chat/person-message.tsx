import { Copy, GitBranch, Pencil } from 'lucide-react';
import { memo, useState, type KeyboardEvent } from 'react';
import type { AttachedAsset, Message } from '../../../src-shared/domain/conversation.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { AssetChip } from './asset-chip.tsx';
import type { MessageActions } from './use-message-actions.ts';

interface PersonMessageProps {
  message: Message;
  assets: readonly AttachedAsset[];
  actions: MessageActions;
}

/** What the person said, and what came with it. */
export const PersonMessage = memo(function PersonMessage({ message, assets, actions }: PersonMessageProps) {
  const [isEditing, setIsEditing] = useState(false);
  const attached = message.assetIds.flatMap(
    (assetId) => assets.find((asset) => asset.assetId === assetId) ?? [],
  );
  if (isEditing) {
    return (
      <EditMessage
        text={message.text}
        onCancel={() => setIsEditing(false)}
        onSend={(text) => {
          setIsEditing(false);
          actions.resend(message, text);
        }}
      />
    );
  }
  return (
    <article
      aria-label="You"
      data-message={message.messageId}
      className="group/message flex flex-col items-end"
    >
      {attached.length === 0 ? null : (
        <ul aria-label="Attached" className="mb-1.5 flex flex-wrap justify-end gap-1.5">
          {attached.map((asset) => (
            <AssetChip key={asset.assetId} asset={asset} />
          ))}
        </ul>
      )}
      <SaidText text={message.text} />
      <div className="mt-0.5 -mb-3 flex h-7 opacity-0 transition-opacity group-focus-within/message:opacity-100 group-hover/message:opacity-100">
        <IconButton label="Copy" size="icon-small" onClick={() => actions.copy(message.text)}>
          <Copy />
        </IconButton>
        <IconButton label="Edit and send as a branch" size="icon-small" onClick={() => setIsEditing(true)}>
          <Pencil />
        </IconButton>
        <IconButton
          label="Branch from here"
          size="icon-small"
          onClick={() => actions.branch(message.messageId)}
        >
          <GitBranch />
        </IconButton>
      </div>
    </article>
  );
});

export function SaidText({ text, isOnItsWay = false }: { text: string; isOnItsWay?: boolean }) {
  return (
    <p
      className={classNames(
        'selectable max-w-[85%] rounded-2xl rounded-br-md bg-hover px-4 py-2.5 text-[0.9375rem] leading-6 wrap-anywhere whitespace-pre-wrap',
        isOnItsWay && 'opacity-70',
      )}
    >
      {text}
    </p>
  );
}

interface EditMessageProps {
  text: string;
  onCancel: () => void;
  onSend: (text: string) => void;
}

function EditMessage({ text, onCancel, onSend }: EditMessageProps) {
  const [draft, setDraft] = useState(text);
  const canSend = draft.trim() !== '';
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    }
    if (event.key === 'Enter' && !event.shiftKey && canSend) {
      event.preventDefault();
      onSend(draft.trim());
    }
  };
  return (
    <form
      aria-label="Edit your message"
      className="rounded-2xl border border-line bg-raised p-3 shadow-card focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) onSend(draft.trim());
      }}
    >
      <textarea
        autoFocus
        aria-label="Message"
        value={draft}
        onFocus={(event) => event.currentTarget.setSelectionRange(draft.length, draft.length)}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={handleKey}
        className="field-sizing-content max-h-80 w-full resize-none bg-transparent px-1 text-[0.9375rem] leading-6 outline-none"
      />
      <div className="mt-2 flex items-center justify-end gap-2">
        <p className="mr-auto px-1 text-xs text-ink-soft">
          It is sent in a new conversation; this one stays as it is.
        </p>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="small" look="primary" type="submit" disabled={!canSend}>
          Send
        </Button>
      </div>
    </form>
  );
}
