import { Lightbulb } from 'lucide-react';
import { useState } from 'react';
import { ModeBadge } from '../../app/mode-badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IdeaList } from '../chat/cards/ideas-card.tsx';
import { EndedEarly, ThinkingState } from './thinking-state.tsx';
import { useThinking } from './use-thinking.ts';

const contextKey = 'longhand.product-context';
const ideaCount = 5;

interface IdeasDialogProps {
  asset: { assetId: string; title: string };
  onClose: () => void;
}

/** Ideas for what could be made of a recording. */
export function IdeasDialog({ asset, onClose }: IdeasDialogProps) {
  const [context, setContext] = useState(() => localStorage.getItem(contextKey) ?? '');
  const { think, stop, isThinking, progress, result, error } = useThinking('generateIdeas');
  const canThink = context.trim() !== '' && !isThinking;
  const start = () => {
    localStorage.setItem(contextKey, context.trim());
    think({ productContext: context.trim(), count: ideaCount, assetId: asset.assetId });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Ideas"
      description={`What could be made of “${asset.title}”. Nothing is published; an idea can become a draft.`}
      className="w-[min(42rem,calc(100vw-3rem))]"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canThink) start();
        }}
      >
        <label className="block text-xs font-medium text-ink-soft" htmlFor="product-context">
          What do you make, for whom, in which voice? It is remembered on this computer.
        </label>
        <textarea
          id="product-context"
          value={context}
          maxLength={4000}
          onChange={(event) => setContext(event.target.value)}
          placeholder="A podcast about small boats, for people who mend their own. Dry and friendly."
          className="mt-1.5 field-sizing-content max-h-48 min-h-16 w-full resize-none rounded-md border border-line bg-raised px-3 py-2 text-base shadow-card outline-none focus-visible:border-accent"
        />
        <div className="mt-3 flex items-center gap-3">
          <Button type="submit" look="primary" disabled={!canThink}>
            <Lightbulb /> {result === undefined ? 'Get ideas' : 'Get others'}
          </Button>
          <ModeBadge mode="think" reason="Ideas change nothing, so they are answered here and now." />
        </div>
      </form>
      <ThinkingState
        isThinking={isThinking}
        progress={progress}
        error={error?.dto ?? null}
        onStop={stop}
        onRetry={start}
      />
      {result === undefined || isThinking ? null : (
        <>
          <div className="mt-4 overflow-hidden rounded-xl border border-line">
            <IdeaList ideas={result.ideas} assetId={asset.assetId} />
          </div>
          {result.endedEarly ? <EndedEarly /> : null}
        </>
      )}
    </Dialog>
  );
}
