import { useNavigate } from '@tanstack/react-router';
import { Lightbulb, MessageSquareText, PenLine, Sparkles } from 'lucide-react';
import { useState } from 'react';
import { useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { useMakeDraft } from '../chat/use-make-draft.ts';
import { CaptionsDialog } from './captions-dialog.tsx';
import { IdeasDialog } from './ideas-dialog.tsx';

/** What the local model can do with a recording. */
export function AskMenu({ asset }: { asset: { assetId: string; title: string } }) {
  const [shown, setShown] = useState<'ideas' | 'captions' | null>(null);
  const navigate = useNavigate();
  const { makeDraft } = useMakeDraft();
  const ask = useCommand('createConversation', {
    onSuccess: ({ conversationId }) =>
      void navigate({ to: '/chat/$conversationId', params: { conversationId } }),
  });
  const { assetId } = asset;
  return (
    <>
      <Menu
        trigger={
          <Button>
            <Sparkles /> Ask
          </Button>
        }
      >
        <MenuItem icon={<MessageSquareText />} onSelect={() => ask.mutate({ assetIds: [assetId] })}>
          Ask about this
        </MenuItem>
        <MenuItem icon={<Lightbulb />} onSelect={() => setShown('ideas')}>
          Ideas…
        </MenuItem>
        <MenuItem icon={<PenLine />} onSelect={() => setShown('captions')}>
          Draft a caption…
        </MenuItem>
      </Menu>
      {shown === 'ideas' ? <IdeasDialog asset={asset} onClose={() => setShown(null)} /> : null}
      {shown === 'captions' ? (
        <CaptionsDialog
          assetId={assetId}
          about={null}
          platforms={[]}
          takeLabel="Draft"
          onTake={(text) => makeDraft(text, assetId)}
          onClose={() => setShown(null)}
        />
      ) : null}
    </>
  );
}
