import { toast } from 'sonner';
import { contentOf, type PostTarget } from '../../../src-shared/domain/post.ts';
import { useCommand } from '../../app/command-data.ts';
import { Confirm } from '../../ui/confirm.tsx';
import type { OpenPost } from './open-post.ts';
import { isByHand, toPlatform, platformTitles } from './platform-words.ts';

interface DeletePublishedProps {
  post: OpenPost;
  /** One account alone; left out: all that have the post. */
  target?: PostTarget;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Asks before a post is taken off its platforms, and says where that happens and where it cannot. */
export function DeletePublished({ post, target, isOpen, onOpenChange }: DeletePublishedProps) {
  const remove = useCommand('deletePublishedPost', { onSuccess: ({ message }) => toast(message) });
  const { postId } = post;
  const chosen = target === undefined ? post.targets.filter(({ state }) => state === 'published') : [target];
  const places = chosen.map((each) => describePlace(post, each));
  const reached = places.filter(({ isByHand }) => !isByHand);
  const byHand = places.filter(({ isByHand }) => isByHand);
  const [only] = reached;
  return (
    <Confirm
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={
        reached.length === 1 && only !== undefined
          ? `Delete this post from ${only.name}?`
          : `Delete this post from ${reached.length} accounts?`
      }
      description={
        <div className="flex flex-col gap-2">
          <p>It is taken off for good. Its address, and what others said and liked there, go with it:</p>
          <ul className="flex list-disc flex-col gap-0.5 pl-5 text-ink">
            {reached.map(({ targetId, name, platform, partCount }) => (
              <li key={targetId}>
                {name} ({platform}){partCount > 1 ? `, all ${partCount} posts of the thread` : ''}
              </li>
            ))}
          </ul>
          {byHand.length === 0 ? null : (
            <p>
              It stays on {byHand.map(({ name }) => name).join(', ')}: Longhand cannot delete it there. Delete
              it yourself, then say so here.
            </p>
          )}
          <p>Here it is kept, with its receipts.</p>
        </div>
      }
      action="Delete it there"
      onConfirm={() =>
        remove.mutate({ postId, ...(target === undefined ? {} : { targetId: target.targetId }) })
      }
    />
  );
}

function describePlace(post: OpenPost, target: PostTarget) {
  const account = post.accounts.find(({ accountId }) => accountId === target.accountId);
  const platform = toPlatform(account?.platform ?? '');
  return {
    targetId: target.targetId,
    name: account?.name ?? 'a former account',
    platform: platform === null ? 'gone' : platformTitles[platform],
    partCount: contentOf(post, target).parts.length,
    isByHand: isByHand(platform),
  };
}

/** Whether Longhand could take something of the post off a platform. */
export function canDelete(post: OpenPost): boolean {
  return post.targets.some((target) => target.state === 'published' && !describePlace(post, target).isByHand);
}
