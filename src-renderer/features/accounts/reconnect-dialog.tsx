import { useState } from 'react';
import type { Account } from '../../../src-shared/domain/account.ts';
import { useCommand } from '../../app/command-data.ts';
import { openLink } from '../../app/open-link.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { AccountForm, tellAndLeave } from './form-parts.tsx';

interface ReconnectDialogProps {
  account: Account;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Gives an account a new secret. What waits for it goes on by itself. */
export function ReconnectDialog({ account, isOpen, onOpenChange }: ReconnectDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Connect ${account.name} again`}
      description="Posts that wait for it go on by themselves."
    >
      <ReconnectForm account={account} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ReconnectForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const { accountId, serviceUrl } = account;
  const [secret, setSecret] = useState('');
  const reconnect = useCommand('reconnectAccount', tellAndLeave(onDone));
  const complete = useCommand('completeMastodonOauth', tellAndLeave(onDone));
  const begin = useCommand('beginMastodonOauth', {
    onSuccess: ({ authoriseUrl }) => void openLink(authoriseUrl),
  });
  const isBluesky = account.platform === 'bluesky';
  const connectionId = begin.data?.connectionId;
  const label = isBluesky ? 'New app password' : connectionId === undefined ? 'New access token' : 'Code';
  return (
    <AccountForm
      onSubmit={() => {
        if (connectionId === undefined) reconnect.mutate({ accountId, secret: secret.trim() });
        else complete.mutate({ connectionId, code: secret.trim() });
      }}
      error={reconnect.error ?? complete.error}
      action="Connect"
      isDisabled={secret.trim() === ''}
      isBusy={reconnect.isPending || complete.isPending}
      besideAction={
        isBluesky || serviceUrl === null ? null : (
          <Button look="ghost" onClick={() => begin.mutate({ serviceUrl, accountId })}>
            On a page of the server
          </Button>
        )
      }
    >
      <Labelled label={label}>
        <TextInput
          autoFocus
          type={connectionId === undefined ? 'password' : 'text'}
          autoComplete="off"
          value={secret}
          onChange={({ target }) => setSecret(target.value)}
        />
      </Labelled>
    </AccountForm>
  );
}
