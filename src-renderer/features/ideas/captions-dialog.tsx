import { PenLine } from 'lucide-react';
import { useState } from 'react';
import { platformSchema, type Platform } from '../../../src-shared/domain/account.ts';
import { usualPlatform } from '../../../src-shared/domain/platforms/known-platforms.ts';
import { ModeBadge } from '../../app/mode-badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { CaptionList } from '../chat/cards/caption-list.tsx';
import { platformTitle } from '../chat/cards/platform-title.ts';
import { EndedEarly, ThinkingState } from './thinking-state.tsx';
import { useThinking } from './use-thinking.ts';

interface CaptionsDialogProps {
  /** What it is about: a recording, or words that are there already. */
  assetId: string | null;
  about: string | null;
  /** Those for which captions are wanted at first; all of them where there is none. */
  platforms: readonly Platform[];
  takeLabel: string;
  onTake: (text: string) => void;
  onClose: () => void;
}

/** Captions for chosen platforms, each within its limits. */
export function CaptionsDialog(props: CaptionsDialogProps) {
  const { assetId, about, platforms, takeLabel, onTake, onClose } = props;
  const [chosen, setChosen] = useState<readonly Platform[]>(
    platforms.length === 0 ? [usualPlatform] : [...new Set(platforms)],
  );
  const [tone, setTone] = useState('');
  const { think, stop, isThinking, progress, result, error } = useThinking('draftCaption');
  const canThink = chosen.length > 0 && !isThinking && (assetId !== null || about !== null);
  const start = () =>
    think({
      ...(about === null ? {} : { about }),
      ...(assetId === null ? {} : { assetId }),
      ...(tone.trim() === '' ? {} : { tone: tone.trim() }),
      platforms: [...chosen],
    });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Captions"
      description="Several to choose from, in the tone of what you published before. Nothing is published."
      className="w-[min(42rem,calc(100vw-3rem))]"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canThink) start();
        }}
      >
        <div role="group" aria-label="For" className="flex flex-wrap gap-1.5">
          {platformSchema.options.map((platform) => (
            <Button
              key={platform}
              size="small"
              look="ghost"
              aria-pressed={chosen.includes(platform)}
              data-state={chosen.includes(platform) ? 'on' : 'off'}
              className="border border-line"
              onClick={() =>
                setChosen(
                  chosen.includes(platform)
                    ? chosen.filter((other) => other !== platform)
                    : [...chosen, platform],
                )
              }
            >
              {platformTitle(platform)}
            </Button>
          ))}
        </div>
        <TextInput
          aria-label="Tone"
          placeholder="Tone, if it should differ: dry, warm, short…"
          maxLength={200}
          value={tone}
          onChange={(event) => setTone(event.target.value)}
          className="mt-3"
        />
        <div className="mt-3 flex items-center gap-3">
          <Button type="submit" look="primary" disabled={!canThink}>
            <PenLine /> {result === undefined ? 'Draft captions' : 'Draft others'}
          </Button>
          <ModeBadge mode="think" reason="Captions change nothing, so they are drafted here and now." />
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
            <CaptionList captions={result.captions} takeLabel={takeLabel} onTake={onTake} />
          </div>
          {result.learnedFromCount === 0 ? null : (
            <p className="mt-2 text-xs text-ink-soft">
              The tone was learned from {formatQuantity(result.learnedFromCount, 'post')} of yours.
            </p>
          )}
          {result.endedEarly ? <EndedEarly /> : null}
        </>
      )}
    </Dialog>
  );
}
