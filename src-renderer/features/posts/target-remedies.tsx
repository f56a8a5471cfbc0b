import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  Check,
  ClipboardCopy,
  ExternalLink,
  FolderOpen,
  Pencil,
  Plug,
  RotateCw,
  Search,
  Send,
  Trash2,
} from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { platformWindows } from '../../../src-connectors/windows.ts';
import type { Platform } from '../../../src-shared/domain/account.ts';
import { contentOf, type PostTarget } from '../../../src-shared/domain/post.ts';
import { bridge } from '../../app/bridge.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { showError } from '../../app/error-toast.tsx';
import { openSettings } from '../../app/navigation.ts';
import { openLink } from '../../app/open-link.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { DeletePublished } from './delete-published.tsx';
import { MarkDialog } from './mark-dialog.tsx';
import type { OpenPost } from './open-post.ts';
import { isByHand } from './platform-words.ts';

interface TargetRemediesProps {
  post: OpenPost;
  target: PostTarget;
  platform: Platform | null;
}

const tell = { onSuccess: ({ message }: { message: string }) => toast(message) };

/** The way out of where a target stands, as buttons. */
export function TargetRemedies({ post, target, platform }: TargetRemediesProps) {
  const { postId } = post;
  const { targetId } = target;
  const account = post.accounts.find(({ accountId }) => accountId === target.accountId);
  const [dialog, setDialog] = useState<'send-again' | 'mark-published' | 'mark-posted' | null>(null);
  const retry = useCommand('retryTarget', tell);
  const resolve = useCommand('resolveTarget', tell);
  const mark = useCommand('markPosted', tell);
  const navigate = useNavigate();
  const close = () => setDialog(null);
  const reconnect =
    account !== undefined &&
    !account.isConnected &&
    (target.state !== 'published' || target.error !== null) ? (
      <Button size="small" look="primary" onClick={() => openSettings('accounts')}>
        <Plug /> Connect {account.name} again
      </Button>
    ) : null;
  switch (target.state) {
    case 'failed':
      return (
        <>
          {reconnect}
          <Button
            size="small"
            look={reconnect === null ? 'primary' : 'plain'}
            disabled={retry.isPending}
            onClick={() => retry.mutate({ postId, targetId })}
          >
            <RotateCw /> Try this one again
          </Button>
          <Button size="small" onClick={() => void navigate({ to: '/compose', search: { post: postId } })}>
            <Pencil /> Edit the post
          </Button>
        </>
      );
    case 'unconfirmed':
      return (
        <>
          <Button
            size="small"
            look="primary"
            disabled={resolve.isPending}
            onClick={() => resolve.mutate({ postId, targetId, resolution: { kind: 'look-again' } })}
          >
            <Search /> Look again
          </Button>
          <Button size="small" onClick={() => setDialog('mark-published')}>
            <Check /> It is there
          </Button>
          <Button size="small" onClick={() => setDialog('send-again')}>
            <Send /> Send it again…
          </Button>
          <Confirm
            isOpen={dialog === 'send-again'}
            onOpenChange={close}
            title="Send it again?"
            description={`Nobody can say whether it arrived. Look at ${account?.name ?? 'the account'} first: if it is there already, it will appear twice.`}
            action="I have looked, send it"
            onConfirm={() =>
              resolve.mutate({
                postId,
                targetId,
                resolution: { kind: 'send-again', mayBeDoubled: true },
              })
            }
          />
          <MarkDialog
            isOpen={dialog === 'mark-published'}
            onOpenChange={close}
            title="It is there"
            onMark={(url) =>
              resolve.mutate({ postId, targetId, resolution: { kind: 'mark-published', url } })
            }
          />
        </>
      );
    case 'to-mark':
      return (
        <>
          <ByHandTools post={post} target={target} />
          <Button size="small" look="primary" onClick={() => setDialog('mark-posted')}>
            <Check /> I have posted it
          </Button>
          <MarkDialog
            isOpen={dialog === 'mark-posted'}
            onOpenChange={close}
            title="Mark as posted"
            onMark={(url) => mark.mutate({ postId, targetId, url })}
          />
        </>
      );
    case 'published':
      return <PublishedRemedies post={post} target={target} platform={platform} reconnect={reconnect} />;
    case 'deleted':
      return null;
    case 'draft':
    case 'waiting':
    case 'preparing':
    case 'publishing':
    case 'deleting':
    case 'cancelled':
    case 'missed':
    case 'needs-decision':
      return isByHand(platform) ? null : reconnect;
  }
}

/** Taking it off its platform again; where that was not possible, what else can be done. */
function PublishedRemedies({
  post,
  target,
  platform,
  reconnect,
}: TargetRemediesProps & { reconnect: ReactNode }) {
  const { postId } = post;
  const { targetId } = target;
  const [isAsking, setIsAsking] = useState(false);
  const resolve = useCommand('resolveDeletion', tell);
  const wasByHand = isByHand(platform);
  const wasRefused = target.error !== null;
  return (
    <>
      {reconnect}
      {wasByHand ? null : (
        <Button size="small" look={wasRefused ? 'plain' : 'ghost'} onClick={() => setIsAsking(true)}>
          <Trash2 /> {wasRefused ? 'Delete it again…' : 'Delete it there…'}
        </Button>
      )}
      {wasByHand || wasRefused ? (
        <Button
          size="small"
          look={wasRefused ? 'plain' : 'ghost'}
          onClick={() => resolve.mutate({ postId, targetId, resolution: 'deleted-by-hand' })}
        >
          <Check /> I have deleted it there
        </Button>
      ) : null}
      {wasRefused ? (
        <Button
          size="small"
          look="ghost"
          onClick={() => resolve.mutate({ postId, targetId, resolution: 'keep' })}
        >
          Leave it there
        </Button>
      ) : null}
      <DeletePublished post={post} target={target} isOpen={isAsking} onOpenChange={setIsAsking} />
    </>
  );
}

/** All that is needed to post by hand: the words, the files, and the page where one writes. */
function ByHandTools({ post, target }: { post: OpenPost; target: PostTarget }) {
  const { data } = useQuery(commandQuery('listAccounts', {}));
  const account = data?.accounts.find(({ accountId }) => accountId === target.accountId);
  const address =
    account === undefined ? null : (platformWindows[account.platform].pageToPost?.(account) ?? null);
  const content = contentOf(post, target);
  const caption = content.parts.map(({ text }) => text).join('\n\n');
  const media = content.parts.flatMap((part) => part.media);
  const copy = async () => {
    const result = await bridge.copyText(caption);
    if (result.ok) toast.success('Caption copied');
    else showError(result.error);
  };
  const show = async (assetId: string) => {
    const result = await bridge.showInFolder(assetId);
    if (!result.ok) showError(result.error);
  };
  return (
    <>
      {caption === '' ? null : (
        <Button size="small" onClick={() => void copy()}>
          <ClipboardCopy /> Copy the caption
        </Button>
      )}
      {media.map(({ assetId }, index) => (
        <Button key={`${assetId} ${index}`} size="small" onClick={() => void show(assetId)}>
          <FolderOpen /> Show the file
        </Button>
      ))}
      {address === null ? null : (
        <Button size="small" onClick={() => void openLink(address)}>
          <ExternalLink /> Open the page
        </Button>
      )}
    </>
  );
}
