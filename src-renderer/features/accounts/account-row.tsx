import { Ellipsis, ExternalLink, Pencil, Plug, RefreshCw, Unplug } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { platformWindows } from '../../../src-connectors/windows.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { descriptionOf } from '../../../src-shared/domain/platforms/known-platforms.ts';
import { useCommand } from '../../app/command-data.ts';
import { openLink } from '../../app/open-link.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EditableText } from '../../ui/editable-text.tsx';
import { formatRelative } from '../../ui/format.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useNow } from '../../ui/now.ts';
import { PlatformIcon } from '../posts/platform-icon.tsx';
import { platformTitles } from '../posts/platform-words.ts';
import { QueueEditor } from './queue-editor.tsx';
import { ReconnectDialog } from './reconnect-dialog.tsx';
import { DisconnectConfirm } from './disconnect-confirm.tsx';
import { StoppedPostsBar, type StoppedPosts } from './stopped-posts-bar.tsx';

/** An account: whether it can be used, since when, and its queue. */
export function AccountRow({ account, stopped }: { account: Account; stopped: StoppedPosts | undefined }) {
  const nowMs = useNow(30_000);
  const { accountId, name, handle, platform, profileUrl } = account;
  const [isNaming, setIsNaming] = useState(false);
  const [asking, setAsking] = useState<'disconnect' | 'reconnect' | 'change' | null>(null);
  const verify = useCommand('verifyAccount', {
    onSuccess: ({ state }) =>
      state === 'connected'
        ? toast.success(`${name} can be used`)
        : toast.warning(`${name} must be connected again`),
  });
  const update = useCommand('updateAccount', { onSuccess: () => setIsNaming(false) });
  const needsReconnect = account.state === 'needs-reconnect';
  const { hasCredentials } = descriptionOf(platform);
  const { change } = platformWindows[platform];
  return (
    <div className="px-4 py-3.5">
      <div className="flex items-start gap-3.5">
        <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-hover text-ink-soft">
          <PlatformIcon platform={platform} isNamed className="size-4.5" />
        </span>
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2">
            {isNaming ? (
              <div className="w-64 px-2">
                <EditableText
                  label="Name"
                  value={name}
                  placeholder="Name"
                  isRequired
                  onSave={(next) => update.mutate({ accountId, name: next })}
                />
              </div>
            ) : (
              <span className="truncate font-medium">{name}</span>
            )}
            {needsReconnect ? (
              <Badge tone="warn">Connect again</Badge>
            ) : (
              <Badge tone="good">{hasCredentials ? 'Connected' : 'Ready'}</Badge>
            )}
          </div>
          <p className="selectable mt-0.5 truncate text-xs text-ink-soft">
            {[
              platformTitles[platform],
              handle === '' ? null : handle,
              account.checkedAt === null || !hasCredentials
                ? null
                : `checked ${formatRelative(account.checkedAt, nowMs)}`,
            ]
              .filter((part) => part !== null)
              .join(', ')}
          </p>
        </div>
        {needsReconnect ? (
          <Button size="small" look="primary" onClick={() => setAsking('reconnect')}>
            <Plug /> Connect again
          </Button>
        ) : null}
        <Menu
          trigger={
            <Button look="ghost" size="icon" aria-label={`More about ${name}`}>
              <Ellipsis />
            </Button>
          }
        >
          {hasCredentials ? (
            <>
              <MenuItem icon={<RefreshCw />} onSelect={() => verify.mutate({ accountId })}>
                Check it now
              </MenuItem>
              <MenuItem icon={<Plug />} onSelect={() => setAsking('reconnect')}>
                Connect again…
              </MenuItem>
            </>
          ) : null}
          {change === undefined ? null : (
            <MenuItem icon={<PlatformIcon platform={platform} />} onSelect={() => setAsking('change')}>
              {change.action}
            </MenuItem>
          )}
          {profileUrl === null ? null : (
            <MenuItem icon={<ExternalLink />} onSelect={() => void openLink(profileUrl)}>
              Open its page
            </MenuItem>
          )}
          <MenuItem icon={<Pencil />} onSelect={() => setIsNaming(true)}>
            Rename
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Unplug />} isDangerous onSelect={() => setAsking('disconnect')}>
            Disconnect…
          </MenuItem>
        </Menu>
      </div>
      {account.error === null ? null : (
        <p role="alert" className="mt-2.5 rounded-lg bg-warn-soft px-3.5 py-2.5">
          {account.error.userMessage}
        </p>
      )}
      {stopped === undefined ? null : <StoppedPostsBar account={account} stopped={stopped} />}
      <QueueEditor account={account} />
      <ReconnectDialog
        account={account}
        isOpen={asking === 'reconnect'}
        onOpenChange={() => setAsking(null)}
      />
      {change === undefined ? null : (
        <Dialog
          isOpen={asking === 'change'}
          onOpenChange={() => setAsking(null)}
          title={`Change ${name}`}
          description={change.description}
        >
          <change.Form account={account} onDone={() => setAsking(null)} />
        </Dialog>
      )}
      <DisconnectConfirm
        account={account}
        isOpen={asking === 'disconnect'}
        onOpenChange={() => setAsking(null)}
      />
    </div>
  );
}
