import { useNavigate } from '@tanstack/react-router';
import { toast } from 'sonner';
import { useCommand } from '../../app/command-data.ts';
import type { OpenPost } from './open-post.ts';

/** Copies what a post says, for the same accounts and without its time, into a new draft, and opens it. */
export function useNewDraft(): (post: OpenPost) => void {
  const navigate = useNavigate();
  const { mutate } = useCommand('saveDraft', {
    onSuccess: ({ postId }) => {
      toast.success('Copied into a new draft', { description: 'The post itself stays as it is.' });
      void navigate({ to: '/compose', search: { post: postId } });
    },
  });
  return ({ content, targets, lateness }) => {
    // An account that it was taken back for comes along only where it was taken back as a whole.
    const kept = targets.filter(({ state }) => state !== 'cancelled');
    mutate({
      content,
      targets: (kept.length === 0 ? targets : kept).map(({ accountId, variant }) => ({ accountId, variant })),
      lateness,
    });
  };
}
