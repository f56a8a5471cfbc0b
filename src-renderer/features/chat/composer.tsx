import { ArrowUp, Square } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { AttachedAsset, UnsentDraft } from '../../../src-shared/domain/conversation.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { AssetOptions, optionId, useAssetChoice } from './asset-options.tsx';
import { AssetPicker } from './asset-picker.tsx';
import { AttachedRow } from './attached-row.tsx';
import { findMention, withoutMention } from './mention.ts';
import type { QueuedState } from './message-queue.ts';

const queuedWords: Record<QueuedState, string> = {
  waiting: 'Goes out when this answer has ended',
  held: 'Not sent, since the answer failed. Enter sends it',
};

interface ComposerProps {
  draft: UnsentDraft;
  /** Recordings that the conversation has already. */
  assets: readonly AttachedAsset[];
  isAnswering: boolean;
  /** Why nothing can be sent, in a few words; what is written is kept all the same. */
  blockedBecause: string | null;
  /** Whether what is written waits for the end of an answer. */
  queued: QueuedState | null;
  /** Focus comes here whenever this changes. */
  focusKey: string;
  onChange: (draft: UnsentDraft) => void;
  onDetach: (assetId: string) => void;
  /** While an answer is written: it is to be sent after that. */
  onSend: () => void;
  onUnqueue: () => void;
  onStop: () => void;
  /** What else stands in the row of buttons. */
  children?: ReactNode;
}

/**
 * Where the person writes. Enter sends, or lets it wait for the end of an answer; Shift Enter makes a line, "@" names a
 * recording, Escape stops an answer.
 */
export function Composer(props: ComposerProps) {
  const { draft, assets, isAnswering, blockedBecause, queued, focusKey } = props;
  const { onChange, onDetach, onSend, onUnqueue, onStop } = props;
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const hintId = useId();
  const [caret, setCaret] = useState(0);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const mention = findMention(draft.text, caret);
  const isNaming = mention !== null && mention.start !== dismissed;
  const attachedIds = [...assets.map(({ assetId }) => assetId), ...draft.assetIds];
  const choice = useAssetChoice(mention?.text ?? '', isNaming, attachedIds);
  const { highlighted } = choice;
  const isListShown = isNaming && (choice.options.length > 0 || choice.isSearching);
  const isWritten = draft.text.trim() !== '';
  const canSend = isWritten && blockedBecause === null && queued !== 'waiting';

  useEffect(() => {
    const field = fieldRef.current;
    if (field === null) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }, [focusKey]);

  const attach = (assetId: string) => {
    const text = mention !== null && isNaming ? withoutMention(draft.text, mention) : draft.text;
    onChange({ text, assetIds: [...draft.assetIds.filter((id) => id !== assetId), assetId] });
    setCaret(mention?.start ?? caret);
    fieldRef.current?.focus();
  };
  const takeOut = (assetId: string) => {
    if (draft.assetIds.includes(assetId))
      onChange({ ...draft, assetIds: draft.assetIds.filter((id) => id !== assetId) });
    else onDetach(assetId);
  };
  const handleListKey = (event: KeyboardEvent): boolean => {
    if (!isListShown) return false;
    if (event.key === 'ArrowDown') choice.move(1);
    else if (event.key === 'ArrowUp') choice.move(-1);
    else if (event.key === 'Escape') setDismissed(mention.start);
    else if ((event.key === 'Enter' || event.key === 'Tab') && highlighted !== undefined)
      attach(highlighted.assetId);
    else return false;
    return true;
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (handleListKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Escape' && isAnswering) {
      event.preventDefault();
      onStop();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (canSend) onSend();
    }
  };
  return (
    <form
      aria-label="Write a message"
      className="relative rounded-2xl border border-line-strong bg-raised shadow-card transition-colors focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) onSend();
      }}
    >
      {isListShown ? (
        <div className="absolute bottom-full left-2 z-10 mb-2 w-84 rounded-xl bg-raised p-1.5 shadow-pop">
          <AssetOptions id={listId} choice={choice} onChoose={({ assetId }) => attach(assetId)} />
        </div>
      ) : null}
      <AttachedRow assets={assets} draftIds={draft.assetIds} onTakeOut={takeOut} />
      <textarea
        ref={fieldRef}
        aria-label="Message"
        aria-describedby={hintId}
        aria-autocomplete="list"
        {...(isListShown ? { 'aria-controls': listId } : {})}
        {...(isListShown && highlighted !== undefined
          ? { 'aria-activedescendant': optionId(listId, highlighted.assetId) }
          : {})}
        placeholder="Ask about your recordings, or say what you want to make"
        rows={1}
        value={draft.text}
        onChange={(event) => {
          setCaret(event.target.selectionStart);
          onChange({ ...draft, text: event.target.value });
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={handleKey}
        className="field-sizing-content block max-h-[40vh] min-h-12 w-full resize-none bg-transparent px-4 pt-3 pb-1 text-[0.9375rem] leading-6 outline-none"
      />
      <span id={hintId} className="sr-only">
        Enter sends, Shift Enter makes a new line, the at sign mentions a recording.
      </span>
      <div className="flex items-center gap-1 px-2 pb-2">
        <AssetPicker attachedIds={attachedIds} onAttach={attach} />
        {props.children}
        <span role="status" className="ml-auto truncate pl-2 text-xs text-ink-soft">
          {blockedBecause ?? (queued === null ? null : queuedWords[queued])}
        </span>
        {queued === 'waiting' ? (
          <Button size="small" look="ghost" onClick={onUnqueue}>
            Don’t send
          </Button>
        ) : null}
        {isAnswering ? (
          <IconButton label="Stop" keys="Esc" look="plain" className="rounded-full" onClick={onStop}>
            <Square className="size-3! fill-current" />
          </IconButton>
        ) : null}
        {isAnswering && (!isWritten || queued === 'waiting') ? null : (
          <IconButton
            label={isAnswering ? 'Send after this answer' : 'Send'}
            keys="Enter"
            type="submit"
            look="primary"
            className="rounded-full"
            aria-disabled={!canSend}
          >
            <ArrowUp />
          </IconButton>
        )}
      </div>
    </form>
  );
}
