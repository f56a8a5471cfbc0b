import { toast } from 'sonner';
import { useCommand } from '../../app/command-data.ts';
import { openTarget } from '../../app/navigation.ts';

/** Makes a draft of words, with a recording if they are about one, and opens it in the composer. */
export function useMakeDraft(): {
  makeDraft: (text: string, assetId: string | null) => void;
  isPending: boolean;
} {
  const { mutate, isPending } = useCommand('saveDraft', {
    onSuccess: ({ postId }) => {
      toast.success('Draft saved', { description: 'Nothing is published before you schedule it.' });
      openTarget({ screen: 'compose', postId });
    },
  });
  return {
    makeDraft: (text, assetId) =>
      mutate({ content: { parts: [{ text, media: assetId === null ? [] : [{ assetId }] }] } }),
    isPending,
  };
}
