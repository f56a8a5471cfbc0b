import { Play } from 'lucide-react';
import { PreviewMedia } from '../../../src-renderer/features/compose/preview-media.tsx';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { VariantContent } from '../../../src-shared/domain/variant-content.ts';

interface FeedPreviewProps {
  account: Account;
  content: VariantContent;
  time: string;
}

/** An episode as a podcast player or a feed reader lists it. */
export function FeedPreview({ account, content, time }: FeedPreviewProps) {
  const [part] = content.parts;
  const feedTitle = account.settings.platform === 'feed' ? account.settings.details.title : account.name;
  return (
    <div className="rounded-xl border border-line bg-raised p-4 shadow-card">
      <p className="text-2xs font-medium text-ink-faint">{feedTitle}</p>
      <h3 className="mt-0.5 font-serif text-xl leading-tight font-medium text-balance">
        {content.title ?? <span className="text-ink-faint">The title of the episode</span>}
      </h3>
      <p className="mt-1 text-xs text-ink-soft">{time}</p>
      <PreviewMedia media={part?.media ?? []} />
      <p className="mt-3 line-clamp-6 break-words whitespace-pre-wrap text-ink-soft">
        {part === undefined || part.text === '' ? 'What you write appears here.' : part.text}
      </p>
      {part !== undefined && part.media.length > 0 ? (
        <span
          aria-hidden
          className="mt-3 inline-flex items-center gap-1.5 rounded-full bg-accent px-3 py-1 text-xs font-medium text-on-accent"
        >
          <Play className="size-3.5" /> Play
        </span>
      ) : null}
    </div>
  );
}
