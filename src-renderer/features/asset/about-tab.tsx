import { Plus, Sparkles, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import { openSettings } from '../../app/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { EditableText } from '../../ui/editable-text.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { useUpdateAsset } from './use-update-asset.ts';
import type { AssetActions } from '../library/use-asset-actions.tsx';

interface AboutTabProps {
  asset: AssetDetail;
  actions: AssetActions;
  onNextSuspect: (() => void) | undefined;
}

/** What the recording is about, all of it editable. */
export function AboutTab({ asset, actions, onNextSuspect }: AboutTabProps) {
  const save = useUpdateAsset(asset.assetId);
  const describeStep = asset.steps.find(({ step }) => step === 'describe');
  const isIngested = asset.status === 'review' || asset.status === 'approved' || asset.status === 'rejected';
  const isDescribing = describeStep?.state === 'running' || describeStep?.state === 'waiting';
  return (
    <div className="flex flex-col gap-6">
      {asset.suspectSegmentCount > 0 && onNextSuspect !== undefined ? (
        <div className="flex items-center justify-between gap-3 rounded-lg bg-warn-soft py-2 pr-2 pl-3.5">
          <span>{formatQuantity(asset.suspectSegmentCount, 'passage')} to check</span>
          <Button size="small" onClick={onNextSuspect}>
            Go to the next
          </Button>
        </div>
      ) : null}
      {describeStep?.state === 'deferred' ? (
        <div className="rounded-lg bg-panel p-3.5">
          <p>
            {describeStep.note ??
              'No chat model is installed. Title, summary and chapters are written as soon as there is one.'}
          </p>
          <Button size="small" className="mt-2.5" onClick={() => openSettings('models')}>
            Open models
          </Button>
        </div>
      ) : null}
      <Part title="Hook">
        <EditableText
          label="Hook"
          value={asset.hook ?? ''}
          placeholder={`One line that makes people want to ${asset.kind === 'image' ? 'see' : 'hear'} it`}
          className="font-serif text-[1.0625rem] leading-snug italic"
          onSave={(hook) => save({ hook: hook === '' ? null : hook })}
        />
      </Part>
      <Part title="Summary">
        <EditableText
          label="Summary"
          isLong
          value={asset.summary ?? ''}
          placeholder="What it is about"
          className="text-base whitespace-pre-wrap"
          onSave={(summary) => save({ summary: summary === '' ? null : summary })}
        />
      </Part>
      <Part title="Keywords">
        <Keywords keywords={asset.keywords} onSave={(keywords) => save({ keywords })} />
      </Part>
      {isIngested && asset.hasSpeech === true ? (
        <div>
          <Button size="small" disabled={isDescribing} onClick={() => actions.describe(asset)}>
            <Sparkles />{' '}
            {isDescribing
              ? 'Writing…'
              : asset.summary === null
                ? 'Write with the local model'
                : 'Rewrite with the local model'}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1.5 text-xs font-medium text-ink-soft">{title}</h2>
      {children}
    </section>
  );
}

function Keywords({
  keywords,
  onSave,
}: {
  keywords: readonly string[];
  onSave: (keywords: string[]) => void;
}) {
  const [draft, setDraft] = useState('');
  const add = () => {
    const added = draft
      .split(',')
      .map((keyword) => keyword.trim().slice(0, 60))
      .filter((keyword) => keyword !== '' && !keywords.includes(keyword));
    setDraft('');
    if (added.length > 0) onSave([...keywords, ...new Set(added)].slice(0, 40));
  };
  return (
    <div className="flex flex-wrap gap-1.5">
      {keywords.map((keyword) => (
        <span key={keyword} className="flex h-6.5 items-center rounded-full bg-hover pr-1 pl-2.5 text-xs">
          <span className="selectable">{keyword}</span>
          <button
            type="button"
            aria-label={`Remove ${keyword}`}
            onClick={() => onSave(keywords.filter((other) => other !== keyword))}
            className="ml-0.5 flex size-5 items-center justify-center rounded-full text-ink-faint hover:bg-pressed hover:text-ink"
          >
            <X className="size-3" />
          </button>
        </span>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
        className="flex h-6.5 items-center gap-1 rounded-full border border-dashed border-line-strong pl-2 text-ink-soft focus-within:border-accent"
      >
        <Plus aria-hidden className="size-3" />
        <input
          aria-label="Add a keyword"
          placeholder="Add"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={add}
          className="field-sizing-content min-w-10 bg-transparent pr-3 text-xs outline-none"
        />
      </form>
    </div>
  );
}
