import type { Analytics } from '../../../../src-shared/domain/analytics.ts';
import { useZone } from '../../../app/zone.ts';
import { formatCount } from '../../../ui/format.ts';
import { formatDateIn } from '../../../ui/zone-time.ts';
import { EntityAnchor } from './entity-anchor.tsx';

/** What was published in a period and what came of it, in sentences and numbers. */
export function AnalyticsView({ analytics }: { analytics: Analytics }) {
  const zone = useZone();
  const { publishedCount, scheduledCount, failedCount, lateCount, engagement, best, sentences } = analytics;
  const numbers = [
    ['Published', publishedCount],
    ['Waiting', scheduledCount],
    ['Failed', failedCount],
    ['Late', lateCount],
    ['Likes', engagement.likes],
    ['Reposts', engagement.reposts],
    ['Replies', engagement.replies],
  ] as const;
  return (
    <div className="px-4 py-3">
      <p className="text-xs text-ink-soft">
        {formatDateIn(analytics.from, zone)} to {formatDateIn(analytics.to, zone)}
        {analytics.measuredAt === null ? ', no numbers from the platforms yet' : ''}
      </p>
      <ul className="selectable mt-1.5 flex flex-col gap-0.5">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
        {numbers.map(([name, count]) => (
          <div key={name} className="flex flex-col-reverse">
            <dt className="text-xs text-ink-soft">{name}</dt>
            <dd className="text-lg font-semibold tabular">{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      {best.length === 0 ? null : (
        <ol aria-label="What went best" className="mt-3 border-t border-line pt-2.5">
          {best.map((post, index) => (
            <li key={index} className="flex items-baseline gap-3 py-0.5">
              <EntityAnchor link={post.link} className="min-w-0 flex-1 truncate hover:underline">
                {post.title}
              </EntityAnchor>
              <span className="shrink-0 text-xs text-ink-soft tabular">
                {formatCount(post.engagement.likes + post.engagement.reposts + post.engagement.replies)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
