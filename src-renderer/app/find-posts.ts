import type { PostSummary } from '../../src-shared/domain/post.ts';

type Searched = Pick<PostSummary, 'heading' | 'text' | 'due' | 'updatedAt'>;

const shownCount = 6;

/** Posts and drafts whose title or first words have this in them, the latest first. */
export function findPosts<Post extends Searched>(posts: readonly Post[], wanted: string): Post[] {
  if (wanted === '') return [];
  const needle = wanted.toLowerCase();
  return posts
    .filter(({ heading, text }) => `${heading}\n${text}`.toLowerCase().includes(needle))
    .toSorted((one, other) => timeOf(other).localeCompare(timeOf(one)))
    .slice(0, shownCount);
}

function timeOf({ due, updatedAt }: Searched): string {
  return due?.dueAt ?? updatedAt;
}
