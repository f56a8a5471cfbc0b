import { Heart, MessageCircle, Repeat2, Share } from 'lucide-react';
import { useState } from 'react';
import { platformWindows } from '../../../src-connectors/windows.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { ContentPart, VariantContent } from '../../../src-shared/domain/variant-content.ts';
import { classNames } from '../../ui/class-names.ts';
import { PreviewMedia } from './preview-media.tsx';
import { PreviewText } from './preview-text.tsx';

interface SocialPreviewProps {
  account: Account | null;
  content: VariantContent;
  time: string;
}

/** A post, and the thread below it, in a timeline. */
export function SocialPreview({ account, content, time }: SocialPreviewProps) {
  const hasWarning = account?.limits.hasContentWarning === true && content.contentWarning !== null;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className="rounded-xl border border-line bg-raised shadow-card">
      {content.parts.map((part, index) => (
        <PreviewPost
          key={index}
          account={account}
          part={part}
          time={time}
          isLast={index === content.parts.length - 1}
          warning={hasWarning ? content.contentWarning : null}
          isOpen={isOpen}
          onOpen={() => setIsOpen(!isOpen)}
        />
      ))}
    </div>
  );
}

const usualTimeline = { hasSquareFaces: false, LastAction: Share };

interface PreviewPostProps {
  account: Account | null;
  part: ContentPart;
  time: string;
  isLast: boolean;
  warning: string | null;
  isOpen: boolean;
  onOpen: () => void;
}

function PreviewPost({ account, part, time, isLast, warning, isOpen, onOpen }: PreviewPostProps) {
  const name = account?.name ?? 'Your name';
  const handle = account?.handle === name ? undefined : account?.handle;
  const { hasSquareFaces, LastAction } =
    (account === null ? undefined : platformWindows[account.platform].timeline) ?? usualTimeline;
  const isHidden = warning !== null && !isOpen;
  return (
    <div className="relative flex gap-2.5 px-3.5 pt-3.5 pb-2.5">
      {isLast ? null : (
        <span aria-hidden className="absolute top-14 bottom-[-0.75rem] left-8 w-0.5 bg-line" />
      )}
      <span
        aria-hidden
        className={classNames(
          'flex size-9 shrink-0 items-center justify-center bg-accent-soft font-serif text-lg text-accent',
          hasSquareFaces ? 'rounded-md' : 'rounded-full',
        )}
      >
        {name.replace(/^@/, '').slice(0, 1).toUpperCase()}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-1.5">
          <span className="truncate font-semibold">{name}</span>
          <span className="min-w-0 shrink-[20] truncate text-xs text-ink-soft">{handle}</span>
          <span className="ml-auto shrink-0 text-xs text-ink-faint">{time}</span>
        </div>
        {warning === null ? null : (
          <div className="my-1 rounded-lg bg-hover px-2.5 py-1.5">
            <p className="break-words">{warning}</p>
            <button type="button" className="text-xs font-medium text-accent" onClick={onOpen}>
              {isOpen ? 'Show less' : 'Show more'}
            </button>
          </div>
        )}
        {isHidden ? null : (
          <>
            {part.text === '' ? (
              part.media.length === 0 ? (
                <p className="text-[0.9375rem] text-ink-faint">What you write appears here.</p>
              ) : null
            ) : (
              <PreviewText text={part.text} />
            )}
            <PreviewMedia media={part.media} />
          </>
        )}
        <div aria-hidden className="mt-2.5 flex max-w-72 justify-between text-ink-faint [&_svg]:size-4">
          <MessageCircle />
          <Repeat2 />
          <Heart />
          <LastAction />
        </div>
      </div>
    </div>
  );
}
