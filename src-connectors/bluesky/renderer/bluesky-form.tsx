import { useState } from 'react';
import { useCommand } from '../../../src-renderer/app/command-data.ts';
import { AccountForm, tellAndLeave } from '../../../src-renderer/features/accounts/form-parts.tsx';
import { TextInput } from '../../../src-renderer/ui/field.tsx';
import { Labelled } from '../../../src-renderer/ui/labelled.tsx';

export function BlueskyForm({ onDone }: { onDone: () => void }) {
  const [identifier, setIdentifier] = useState('');
  const [appPassword, setAppPassword] = useState('');
  const [serviceUrl, setServiceUrl] = useState('https://bsky.social');
  const connect = useCommand('connectBlueskyAccount', tellAndLeave(onDone));
  return (
    <AccountForm
      onSubmit={() =>
        connect.mutate({ serviceUrl: serviceUrl.trim(), identifier: identifier.trim(), appPassword })
      }
      error={connect.error}
      action="Connect"
      isBusy={connect.isPending}
      isDisabled={identifier.trim() === '' || appPassword === '' || !URL.canParse(serviceUrl.trim())}
    >
      <Labelled label="Handle">
        <TextInput
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder="you.bsky.social"
          value={identifier}
          onChange={({ target }) => setIdentifier(target.value)}
        />
      </Labelled>
      <Labelled label="App password" hint="Never the password you sign in with.">
        <TextInput
          type="password"
          autoComplete="off"
          placeholder="xxxx-xxxx-xxxx-xxxx"
          value={appPassword}
          onChange={({ target }) => setAppPassword(target.value)}
        />
      </Labelled>
      <Labelled label="Server" hint="Leave it, unless your account is on a server of its own.">
        <TextInput
          spellCheck={false}
          value={serviceUrl}
          onChange={({ target }) => setServiceUrl(target.value)}
        />
      </Labelled>
    </AccountForm>
  );
}
