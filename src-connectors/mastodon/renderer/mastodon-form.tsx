import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useCommand } from '../../../src-renderer/app/command-data.ts';
import { openLink } from '../../../src-renderer/app/open-link.ts';
import { AccountForm, tellAndLeave } from '../../../src-renderer/features/accounts/form-parts.tsx';
import { Button } from '../../../src-renderer/ui/button.tsx';
import { TextInput } from '../../../src-renderer/ui/field.tsx';
import { Labelled } from '../../../src-renderer/ui/labelled.tsx';
import { Segmented } from '../../../src-renderer/ui/segmented.tsx';
import { toServerAddress } from './server-address.ts';

const ways = [
  { value: 'page', label: 'On a page of the server' },
  { value: 'token', label: 'With a token' },
] as const;

export function MastodonForm({ onDone }: { onDone: () => void }) {
  const [way, setWay] = useState<'page' | 'token'>('page');
  const [server, setServer] = useState('');
  const serviceUrl = toServerAddress(server);
  return (
    <div className="flex flex-col gap-4">
      <Labelled label="Server">
        <TextInput
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder="mastodon.social"
          value={server}
          onChange={({ target }) => setServer(target.value)}
        />
      </Labelled>
      <div>
        <Segmented label="How to connect" value={way} options={ways} onChange={setWay} />
      </div>
      {way === 'page' ? (
        <PageWay serviceUrl={serviceUrl} onDone={onDone} />
      ) : (
        <TokenWay serviceUrl={serviceUrl} onDone={onDone} />
      )}
    </div>
  );
}

interface WayProps {
  /** Null while the server is not an address. */
  serviceUrl: string | null;
  onDone: () => void;
}

/** The server shows a code after the person has let Longhand in there; it is pasted here. */
function PageWay({ serviceUrl, onDone }: WayProps) {
  const [code, setCode] = useState('');
  const begin = useCommand('beginMastodonOauth', {
    onSuccess: ({ authoriseUrl }) => void openLink(authoriseUrl),
    onError: () => undefined,
  });
  const complete = useCommand('completeMastodonOauth', tellAndLeave(onDone));
  const begun = begin.data;
  if (begun === undefined)
    return (
      <AccountForm
        onSubmit={() => {
          if (serviceUrl !== null) begin.mutate({ serviceUrl });
        }}
        error={begin.error}
        action="Open the page"
        isDisabled={serviceUrl === null}
        isBusy={begin.isPending}
      ></AccountForm>
    );
  return (
    <AccountForm
      onSubmit={() => complete.mutate({ connectionId: begun.connectionId, code: code.trim() })}
      error={complete.error}
      action="Connect"
      isDisabled={code.trim() === ''}
      isBusy={complete.isPending}
      besideAction={
        <Button look="ghost" onClick={() => void openLink(begun.authoriseUrl)}>
          <ExternalLink /> Open the page again
        </Button>
      }
    >
      <Labelled label="Code" hint="The page shows it once you have let Longhand in.">
        <TextInput
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      </Labelled>
    </AccountForm>
  );
}

function TokenWay({ serviceUrl, onDone }: WayProps) {
  const [accessToken, setAccessToken] = useState('');
  const connect = useCommand('connectMastodonAccount', tellAndLeave(onDone));
  return (
    <AccountForm
      onSubmit={() => {
        if (serviceUrl !== null) connect.mutate({ serviceUrl, accessToken: accessToken.trim() });
      }}
      error={connect.error}
      action="Connect"
      isDisabled={serviceUrl === null || accessToken.trim() === ''}
      isBusy={connect.isPending}
    >
      <Labelled
        label="Access token"
        hint="Made on the server under Preferences, Development, with the scopes read and write."
      >
        <TextInput
          type="password"
          autoComplete="off"
          value={accessToken}
          onChange={({ target }) => setAccessToken(target.value)}
        />
      </Labelled>
    </AccountForm>
  );
}
