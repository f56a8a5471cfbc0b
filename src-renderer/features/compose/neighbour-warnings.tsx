import { Copy, Layers } from 'lucide-react';
import type { PostWarnings } from '../../../src-shared/contract/post-commands.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { openTarget } from '../../app/navigation.ts';
import { useZone } from '../../app/zone.ts';
import { useNow } from '../../ui/now.ts';
import { formatMomentIn } from '../../ui/zone-time.ts';

interface NeighbourWarningsProps {
  warnings: PostWarnings | undefined;
  accounts: readonly Account[];
}

/** Posts that stand close by or say the same. They are told, not forbidden. */
export function NeighbourWarnings({ warnings, accounts }: NeighbourWarningsProps) {
  const zone = useZone();
  const nowMs = useNow(60_000);
  if (warnings === undefined) return null;
  const { clashes, duplicates } = warnings;
  if (clashes.length + duplicates.length === 0) return null;
  const nameOf = (accountId: string) =>
    accounts.find((account) => account.accountId === accountId)?.name ?? 'an account';
  const lines = [
    ...duplicates.map((post) => ({ post, text: 'says the same', icon: <Copy aria-hidden /> })),
    ...clashes.map((post) => ({
      post,
      text: 'goes out at nearly the same time',
      icon: <Layers aria-hidden />,
    })),
  ];
  return (
    <ul
      aria-label="Close to other posts"
      className="mt-4 flex flex-col gap-1.5 rounded-lg bg-warn-soft px-3 py-2 text-xs [&_svg]:mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-warn"
    >
      {lines.map(({ post, text, icon }) => (
        <li key={`${text} ${post.postId} ${post.accountId}`} className="flex gap-2">
          {icon}
          <span>
            <button
              type="button"
              className="font-medium hover:underline"
              onClick={() => openTarget({ screen: 'post', postId: post.postId })}
            >
              {post.heading}
            </button>{' '}
            {text} on {nameOf(post.accountId)}
            {post.dueAt === null ? '' : ` (${formatMomentIn(post.dueAt, zone, nowMs)})`}.
          </span>
        </li>
      ))}
    </ul>
  );
}
