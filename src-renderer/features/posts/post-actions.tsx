import { useNavigate } from '@tanstack/react-router';
import { Ban, CalendarClock, CopyPlus, Ellipsis, Pencil, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { isAhead } from '../../../src-shared/domain/target-state.ts';
import { useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { WhatHappened } from '../ideas/what-happened.tsx';
import { canChange } from './can-change.ts';
import { canDelete, DeletePublished } from './delete-published.tsx';
import { MovePopover } from './move-popover.tsx';
import type { OpenPost } from './open-post.ts';
import { useNewDraft } from './use-new-draft.ts';

const tell = { onSuccess: ({ message }: { message: string }) => toast(message) };

/** What can be done about the whole post in its present state. */
export function PostActions({ post }: { post: OpenPost }) {
  const navigate = useNavigate();
  const { postId, state } = post;
  const accountIds = post.targets.map(({ accountId }) => accountId);
  const [asking, setAsking] = useState<'cancel' | 'delete' | 'delete-published' | null>(null);
  const cancel = useCommand('cancelPost', tell);
  const publishNow = useCommand('publishNow', tell);
  const decide = useCommand('decideLatePost', tell);
  const reschedule = useCommand('reschedulePost', tell);
  const remove = useCommand('deleteDraft', {
    onSuccess: () => {
      toast('Draft deleted');
      void navigate({ to: '/calendar' });
    },
  });
  const copyIntoDraft = useNewDraft();
  const edit = () => void navigate({ to: '/compose', search: { post: postId } });
  const isWaiting = isAhead(state);
  const isLate = state === 'needs-decision';
  const isDraft = state === 'draft';
  const isChangeable = canChange(post);
  const isOnPlatform = canDelete(post);
  const isOpenEnded = isWaiting || isLate || state === 'missed';
  return (
    <>
      {isDraft ? null : <WhatHappened entityId={postId} />}
      {isLate ? (
        <>
          <Button onClick={() => decide.mutate({ postId, decision: { kind: 'skip' } })}>
            <Ban /> Skip it
          </Button>
          <Button look="primary" onClick={() => decide.mutate({ postId, decision: { kind: 'publish' } })}>
            <Send /> Publish late
          </Button>
        </>
      ) : null}
      {isOpenEnded ? (
        <MovePopover
          due={post.due}
          accountIds={accountIds}
          trigger={
            <Button>
              <CalendarClock /> Move…
            </Button>
          }
          onMove={(when) =>
            isLate
              ? decide.mutate({ postId, decision: { kind: 'reschedule', when } })
              : reschedule.mutate({ postId, when })
          }
        />
      ) : null}
      {isChangeable || isDraft ? (
        <Button look={isDraft ? 'primary' : 'plain'} onClick={edit}>
          <Pencil /> Edit
        </Button>
      ) : null}
      <Menu
        trigger={
          <Button look="ghost" size="icon" aria-label="More">
            <Ellipsis />
          </Button>
        }
      >
        {isWaiting || state === 'missed' ? (
          <MenuItem icon={<Send />} onSelect={() => publishNow.mutate({ postId })}>
            Publish now
          </MenuItem>
        ) : null}
        {isDraft ? (
          <MenuItem icon={<Trash2 />} isDangerous onSelect={() => setAsking('delete')}>
            Delete the draft…
          </MenuItem>
        ) : (
          <MenuItem icon={<CopyPlus />} onSelect={() => copyIntoDraft(post)}>
            Copy into a new draft
          </MenuItem>
        )}
        {isChangeable ? (
          <MenuItem icon={<Ban />} isDangerous onSelect={() => setAsking('cancel')}>
            Cancel the post…
          </MenuItem>
        ) : null}
        {isOnPlatform ? (
          <MenuItem icon={<Trash2 />} isDangerous onSelect={() => setAsking('delete-published')}>
            Delete it where it was published…
          </MenuItem>
        ) : null}
      </Menu>
      <Confirm
        isOpen={asking === 'cancel'}
        onOpenChange={() => setAsking(null)}
        title="Cancel this post?"
        description={
          isOnPlatform
            ? 'It will not go out for the accounts that are left. Where it is published it stays, and its text stays here.'
            : 'It will not go out. Its text stays here.'
        }
        action="Cancel the post"
        wayBack="Keep it"
        onConfirm={() => cancel.mutate({ postId })}
      />
      <Confirm
        isOpen={asking === 'delete'}
        onOpenChange={() => setAsking(null)}
        title="Delete this draft?"
        description="Its text is gone for good. Recordings and pictures stay in the library."
        action="Delete"
        onConfirm={() => remove.mutate({ postId })}
      />
      <DeletePublished
        post={post}
        isOpen={asking === 'delete-published'}
        onOpenChange={() => setAsking(null)}
      />
    </>
  );
}
