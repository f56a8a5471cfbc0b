import { ExternalLink } from 'lucide-react';
import { contentOf, type PostTarget } from '../../../src-shared/domain/post.ts';
import { titleOf } from '../../app/command-error.ts';
import { openLink } from '../../app/open-link.ts';
import { useZone } from '../../app/zone.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatCount, formatQuantity, formatRelative } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { formatMomentIn } from '../../ui/zone-time.ts';
import { MediaStrip } from './media-strip.tsx';
import { PlatformIcon } from './platform-icon.tsx';
import { toPlatform } from './platform-words.ts';
import type { OpenPost } from './open-post.ts';
import { stateTitles, stateTones, targetTitleOf, waitsForAccount } from './post-words.ts';
import { TargetRemedies } from './target-remedies.tsx';

interface TargetCardProps {
  post: OpenPost;
  target: PostTarget;
}

/** A post for one account: what it says there, where it stands, and what can be done about that alone. */
export function TargetCard({ post, target }: TargetCardProps) {
  const nowMs = useNow(15_000);
  const zone = useZone();
  const account = post.accounts.find(({ accountId }) => accountId === target.accountId);
  const platform = toPlatform(account?.platform ?? '');
  const content = contentOf(post, target);
  const { url, error } = target;
  const isTryingAgain = (target.state === 'waiting' || target.state === 'deleting') && error !== null;
  const isConnected = account?.isConnected === true;
  return (
    <article
      aria-label={`${account?.name ?? 'A removed account'}: ${stateTitles[target.state]}`}
      className="rounded-xl border border-line bg-raised shadow-card"
    >
      <header className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-b border-line px-4 py-2.5">
        {platform === null ? null : <PlatformIcon platform={platform} isNamed className="text-ink-soft" />}
        <h2 className="min-w-0 truncate font-semibold">{account?.name ?? 'A removed account'}</h2>
        <span className="ml-auto flex shrink-0 flex-wrap items-center justify-end gap-2">
          {target.publishedAt === null ? null : (
            <span className="text-xs text-ink-soft tabular">
              {formatMomentIn(target.publishedAt, zone, nowMs)}
            </span>
          )}
          <Badge tone={isTryingAgain ? 'warn' : stateTones[target.state]}>
            {targetTitleOf(target, isConnected)}
          </Badge>
        </span>
      </header>
      <div className="px-4 py-3.5">
        {content.title === null ? null : <p className="selectable mb-1 font-semibold">{content.title}</p>}
        {content.contentWarning === null ? null : (
          <p className="mb-2 text-xs text-warn">Content warning: {content.contentWarning}</p>
        )}
        <ol className="flex flex-col gap-3">
          {content.parts.map((part, index) => (
            <li key={index} className={classNames(content.parts.length > 1 && 'border-l-2 border-line pl-3')}>
              <p dir="auto" className="selectable text-base break-words whitespace-pre-wrap">
                {part.text === '' ? <span className="text-ink-faint">No text</span> : part.text}
              </p>
              <MediaStrip media={part.media} assets={post.assets} />
            </li>
          ))}
        </ol>
        {error === null ? null : (
          <div
            role="alert"
            className={classNames(
              'mt-3.5 rounded-lg px-3.5 py-2.5',
              isTryingAgain ? 'bg-warn-soft' : 'bg-bad-soft',
            )}
          >
            <p className={classNames('font-semibold', isTryingAgain ? 'text-warn' : 'text-bad')}>
              {titleOf(error)}
            </p>
            <p className="selectable mt-0.5">{error.userMessage}</p>
          </div>
        )}
        {target.nextTryAt === null ||
        target.state === 'published' ||
        waitsForAccount(target, isConnected) ? null : (
          <p role="status" className="mt-3 text-xs text-ink-soft">
            Tries again {formatRelative(target.nextTryAt, nowMs)}
            {target.attempt > 0 ? `, after ${formatQuantity(target.attempt, 'try', 'tries')}` : ''}.
          </p>
        )}
        <Metrics target={target} />
      </div>
      <footer className="flex flex-wrap items-center gap-2 px-4 pb-3.5 empty:hidden">
        {url === null || target.state === 'deleted' ? null : (
          <Button size="small" onClick={() => void openLink(url)}>
            <ExternalLink /> Open the post
          </Button>
        )}
        <TargetRemedies post={post} target={target} platform={platform} />
      </footer>
    </article>
  );
}

function Metrics({ target: { metrics } }: { target: PostTarget }) {
  const nowMs = useNow(60_000);
  if (metrics === null) return null;
  const counts = [
    ['likes', metrics.likes],
    ['reposts', metrics.reposts],
    ['replies', metrics.replies],
    ['quotes', metrics.quotes],
    ['views', metrics.views],
  ] as const;
  const known = counts.filter(([, count]) => count !== null);
  if (known.length === 0) return null;
  return (
    <p className="mt-3 flex flex-wrap gap-x-3 text-xs text-ink-soft tabular">
      {known.map(([name, count]) => (
        <span key={name}>
          <span className="font-semibold text-ink">{formatCount(count ?? 0)}</span> {name}
        </span>
      ))}
      <span className="text-ink-faint">read {formatRelative(metrics.readAt, nowMs)}</span>
    </p>
  );
}
