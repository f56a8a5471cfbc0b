import { Copy, Layers } from 'lucide-react';
import type { PostWarnings } from '../../../src-shared/contract/post-commands.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { openTarget } from '../../app/navigation.ts';
import { useZone } from '../../app/zone.ts';
import { formatQuantity } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { formatMomentIn } from '../../ui/zone-time.ts';
import { joinNeighbours, type Neighbour } from './join-neighbours.ts';

interface NeighbourWarningsProps {
  warnings: PostWarnings | undefined;
  accounts: readonly Account[];
}

/** More than these would push away what is written. */
const shownCount = 2;

/** Posts that stand close by or say the same. They are told, not forbidden. */
export function NeighbourWarnings({ warnings, accounts }: NeighbourWarningsProps) {
  if (warnings === undefined) return null;
  const neighbours = joinNeighbours(warnings, accounts);
  if (neighbours.length === 0) return null;
  const moreCount = neighbours.length - shownCount;
  return (
    <ul
      aria-label="Close to other posts"
      className="mt-4 flex flex-col gap-1.5 rounded-lg bg-warn-soft px-3 py-2 text-xs"
    >
      {neighbours.slice(0, shownCount).map((neighbour) => (
        <NeighbourLine key={neighbour.post.postId} neighbour={neighbour} />
      ))}
      {moreCount > 0 ? (
        <li className="pl-5.5 text-ink-soft">And {formatQuantity(moreCount, 'more post')} close by.</li>
      ) : null}
    </ul>
  );
}

function NeighbourLine({ neighbour: { post, sameOn, nearOn } }: { neighbour: Neighbour }) {
  const zone = useZone();
  const nowMs = useNow(60_000);
  const Icon = sameOn === null ? Layers : Copy;
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        <button
          type="button"
          dir="auto"
          title={post.heading}
          className="block w-full truncate rounded text-left font-medium hover:underline"
          onClick={() => openTarget({ screen: 'post', postId: post.postId })}
        >
          {post.heading}
        </button>
        <p className="text-ink-soft">
          {[
            post.dueAt === null ? null : formatMomentIn(post.dueAt, zone, nowMs),
            sameOn === null ? null : `says the same on ${sameOn}`,
            nearOn === null ? null : `close by on ${nearOn}`,
          ]
            .filter((part) => part !== null)
            .join('; ')}
        </p>
      </div>
    </li>
  );
}
