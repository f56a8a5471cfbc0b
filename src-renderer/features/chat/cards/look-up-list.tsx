import type { LookUpLine } from '../../../../src-shared/domain/look-up.ts';
import { postStateSchema } from '../../../../src-shared/domain/post.ts';
import { useZone } from '../../../app/zone.ts';
import { Badge } from '../../../ui/badge.tsx';
import { formatQuantity } from '../../../ui/format.ts';
import { formatDateTimeIn } from '../../../ui/zone-time.ts';
import { stateTitles, stateTones } from '../../posts/post-words.ts';
import { EntityAnchor } from './entity-anchor.tsx';

export function LookUpList({ lines, totalCount }: { lines: readonly LookUpLine[]; totalCount: number }) {
  const zone = useZone();
  if (lines.length === 0) return <p className="px-4 py-4 text-ink-soft">Nothing of the kind is there.</p>;
  return (
    <>
      <ul className="divide-y divide-line">
        {lines.map((line, index) => {
          const postState =
            line.link.kind === 'post' ? postStateSchema.safeParse(line.state).data : undefined;
          return (
            <li key={index} className="flex items-baseline gap-3 px-4 py-2.5">
              <div className="min-w-0 flex-1">
                <EntityAnchor link={line.link} className="block truncate font-medium hover:underline">
                  {line.title}
                </EntityAnchor>
                <p className="truncate text-xs text-ink-soft">{line.detail}</p>
              </div>
              {postState === undefined ? (
                <Badge>{line.state}</Badge>
              ) : (
                <Badge tone={stateTones[postState]}>{stateTitles[postState]}</Badge>
              )}
              {/* When a post is due stands in its detail. */}
              {line.at === null || postState !== undefined ? null : (
                <time dateTime={line.at} className="shrink-0 text-xs text-ink-soft tabular">
                  {formatDateTimeIn(line.at, zone)}
                </time>
              )}
            </li>
          );
        })}
      </ul>
      {totalCount > lines.length ? (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-soft">
          And {formatQuantity(totalCount - lines.length, 'more', 'more')}.
        </p>
      ) : null}
    </>
  );
}
