import { Copy, PenLine } from 'lucide-react';
import type { CaptionSet } from '../../../../src-shared/domain/caption.ts';
import { bridge } from '../../../app/bridge.ts';
import { showError } from '../../../app/error-toast.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { platformTitle } from './platform-title.ts';

interface CaptionListProps {
  captions: readonly CaptionSet[];
  /** What is done with the one that is taken, in a word. */
  takeLabel: string;
  onTake: (text: string, platform: string) => void;
}

async function copy(text: string): Promise<void> {
  const result = await bridge.copyText(text);
  if (!result.ok) showError(result.error);
}

/** Captions by platform, each counted as its platform counts. */
export function CaptionList({ captions, takeLabel, onTake }: CaptionListProps) {
  return (
    <div className="divide-y divide-line">
      {captions.map(({ platform, alternatives }) => (
        <section key={platform} aria-label={platformTitle(platform)} className="px-4 py-3">
          <h4 className="mb-1 text-xs font-medium text-ink-soft">{platformTitle(platform)}</h4>
          <ul className="flex flex-col gap-2.5">
            {alternatives.map(({ text, length, limit, wasShortened }, index) => (
              <li key={index} className="flex items-start gap-3">
                <div className="min-w-0 flex-1">
                  <p className="selectable wrap-anywhere whitespace-pre-wrap">{text}</p>
                  <p className="mt-0.5 text-xs text-ink-faint tabular">
                    {formatCount(length)}
                    {limit === null ? '' : ` of ${formatCount(limit)}`}
                    {wasShortened ? ', shortened to fit' : ''}
                  </p>
                </div>
                <div className="flex shrink-0 items-center">
                  <IconButton label="Copy" size="icon-small" onClick={() => void copy(text)}>
                    <Copy />
                  </IconButton>
                  <Button
                    size="small"
                    aria-label={`${takeLabel}: alternative ${index + 1} for ${platformTitle(platform)}`}
                    onClick={() => onTake(text, platform)}
                  >
                    <PenLine /> {takeLabel}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
