import { useQuery } from '@tanstack/react-query';
import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { platformWindows } from '../../../src-connectors/windows.ts';
import { platformSchema, type Platform } from '../../../src-shared/domain/account.ts';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { PlatformIcon } from '../posts/platform-icon.tsx';
import { Group, Rows, RowsSkeleton } from '../settings/section-parts.tsx';
import { AccountRow } from './account-row.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { VaultGroup } from './vault-group.tsx';

/** Where posts can go, and how the credentials for it are kept. */
export function AccountsSection() {
  const { data, error, refetch } = useQuery(commandQuery('listAccounts', {}));
  const [connecting, setConnecting] = useState<Platform | null>(null);
  const isEmpty = data?.accounts.length === 0;
  const connect = (
    <Menu
      align={isEmpty ? 'start' : 'end'}
      trigger={
        <Button look={isEmpty ? 'primary' : 'plain'}>
          <Plus /> Connect an account…
        </Button>
      }
    >
      {platformSchema.options.map((platform) => (
        <MenuItem
          key={platform}
          icon={<PlatformIcon platform={platform} />}
          onSelect={() => setConnecting(platform)}
        >
          {platformWindows[platform].connect.choice}
        </MenuItem>
      ))}
    </Menu>
  );
  return (
    <>
      {data === undefined ? (
        error === null ? (
          <RowsSkeleton count={3} />
        ) : (
          <ErrorNotice error={error.dto} retry={() => void refetch()} />
        )
      ) : (
        <>
          {data.vault.state === 'locked' || data.vault.state === 'lost' ? (
            <VaultGroup vault={data.vault} />
          ) : null}
          {isEmpty ? (
            <EmptyState icon={<Plug />} title="No account yet" actions={connect} className="min-h-64">
              Connect where you publish. Credentials are encrypted on this computer and go nowhere but to the
              platform itself.
            </EmptyState>
          ) : (
            <Group
              title={formatQuantity(data.accounts.length, 'account')}
              description="Posts can go to each of these."
              action={connect}
            >
              <Rows>
                {data.accounts.map((account) => (
                  <AccountRow
                    key={account.accountId}
                    account={account}
                    stopped={data.stoppedPosts.find(({ accountId }) => accountId === account.accountId)}
                  />
                ))}
              </Rows>
            </Group>
          )}
          {data.vault.state === 'locked' || data.vault.state === 'lost' ? null : (
            <VaultGroup vault={data.vault} />
          )}
        </>
      )}
      <ConnectDialog platform={connecting} onClose={() => setConnecting(null)} />
    </>
  );
}
