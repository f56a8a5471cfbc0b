import type { PostSummary } from '../../src-shared/domain/post.ts';
import { FileText } from 'lucide-react';
import { stateTitleOf } from '../features/posts/post-words.ts';
import { useNow } from '../ui/now.ts';
import { PickGroup, PickItem } from '../ui/pick-dialog.tsx';
import { formatMomentIn } from '../ui/zone-time.ts';
import { useZone } from './zone.ts';

interface PalettePostsProps {
  posts: readonly PostSummary[];
  onPick: (post: PostSummary) => void;
}

/** Posts and drafts that were found: how each begins, where it stands, and when. */
export function PalettePosts({ posts, onPick }: PalettePostsProps) {
  const zone = useZone();
  const nowMs = useNow(60_000);
  if (posts.length === 0) return null;
  return (
    <PickGroup heading="Posts">
      {posts.map((post) => (
        <PickItem key={post.postId} value={post.postId} icon={<FileText />} onSelect={() => onPick(post)}>
          <span dir="auto" className="block truncate">
            {post.heading}
          </span>
          <span className="block truncate text-xs text-ink-soft tabular">
            {stateTitleOf(post)}
            {post.due === null ? '' : `, ${formatMomentIn(post.due.dueAt, zone, nowMs)}`}
          </span>
        </PickItem>
      ))}
    </PickGroup>
  );
}
