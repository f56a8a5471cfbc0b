import { ImagePlus, Sparkles, Trash2 } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { PostFinding } from '../../../src-shared/domain/post-check.ts';
import type { ContentPart } from '../../../src-shared/domain/variant-content.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { CaptionsDialog } from '../ideas/captions-dialog.tsx';
import { AssetPicker } from './asset-picker.tsx';
import { Counters } from './counters.tsx';
import { FindingList } from './finding-list.tsx';
import { MediaEditor } from './media-editor.tsx';

interface PartEditorProps {
  part: ContentPart;
  index: number;
  count: number;
  accounts: readonly Account[];
  findings: readonly PostFinding[];
  onChange: (change: Partial<ContentPart>) => void;
  onAddAfter: (() => void) | undefined;
  onRemove: () => void;
}

/** One post of a thread: its words with a counter for each platform, and what goes with them. */
export function PartEditor(props: PartEditorProps) {
  const { part, index, count, accounts, findings, onChange, onAddAfter, onRemove } = props;
  const [isPicking, setIsPicking] = useState(false);
  const [isSuggesting, setIsSuggesting] = useState(false);
  // A caption is about something: what is written already, or what goes with it.
  const canSuggest = part.text.trim() !== '' || part.media.length > 0;
  const isThread = count > 1;
  const name = isThread ? `Post ${index + 1} of ${count}` : 'Text';
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onAddAfter?.();
  };
  return (
    <div
      className={classNames(
        'group/part rounded-xl border bg-raised shadow-card transition-colors focus-within:border-accent',
        findings.some(({ severity }) => severity === 'error') ? 'border-bad/50' : 'border-line',
      )}
    >
      <textarea
        aria-label={name}
        data-part={index}
        autoFocus={index === 0}
        rows={1}
        placeholder={index === 0 ? 'What do you want to say?' : 'And then?'}
        value={part.text}
        maxLength={50_000}
        onKeyDown={handleKey}
        onChange={({ target }) => onChange({ text: target.value })}
        className={classNames(
          'field-sizing-content block max-h-[60vh] w-full resize-none rounded-t-xl bg-transparent px-4 pt-3.5 pb-2 font-serif text-[1.0625rem] leading-relaxed outline-none',
          isThread || part.media.length > 0 ? 'min-h-20' : 'min-h-40',
        )}
      />
      {part.media.length === 0 ? null : (
        <MediaEditor
          media={part.media}
          accountIds={accounts.map(({ accountId }) => accountId)}
          onChange={(media) => onChange({ media })}
        />
      )}
      <FindingList findings={findings} className="px-4 pt-2 pb-2" />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-2.5 pb-2">
        <Button look="ghost" size="small" onClick={() => setIsPicking(true)}>
          <ImagePlus /> Add media
        </Button>
        <Button look="ghost" size="small" disabled={!canSuggest} onClick={() => setIsSuggesting(true)}>
          <Sparkles /> Suggest captions
        </Button>
        {isThread ? (
          <IconButton
            label={`Remove post ${index + 1}`}
            size="icon-small"
            className="opacity-0 group-focus-within/part:opacity-100 group-hover/part:opacity-100"
            onClick={onRemove}
          >
            <Trash2 />
          </IconButton>
        ) : null}
        <Counters text={part.text} accounts={accounts} className="ml-auto" />
      </div>
      {isSuggesting ? (
        <CaptionsDialog
          assetId={part.media[0]?.assetId ?? null}
          about={part.text.trim() === '' ? null : part.text.trim().slice(0, 4000)}
          platforms={accounts.map(({ platform }) => platform)}
          takeLabel="Use"
          onTake={(text) => {
            onChange({ text });
            setIsSuggesting(false);
          }}
          onClose={() => setIsSuggesting(false)}
        />
      ) : null}
      <AssetPicker
        isOpen={isPicking}
        onOpenChange={setIsPicking}
        onPick={(assetId) => onChange({ media: [...part.media, { assetId, altText: '', clip: null }] })}
      />
    </div>
  );
}
