import { useCommand } from '../../../src-renderer/app/command-data.ts';
import { openLink } from '../../../src-renderer/app/open-link.ts';
import { tellAndLeave } from '../../../src-renderer/features/accounts/form-parts.tsx';
import { SecretForm } from '../../../src-renderer/features/accounts/secret-form.tsx';
import { Button } from '../../../src-renderer/ui/button.tsx';
import type { AccountFormProps } from '../../common/renderer/platform-window.ts';

/** With a new token, or with the code that a page of the server shows. */
export function MastodonReconnectForm({ account: { accountId, serviceUrl }, onDone }: AccountFormProps) {
  const reconnect = useCommand('reconnectAccount', tellAndLeave(onDone));
  const complete = useCommand('completeMastodonOauth', tellAndLeave(onDone));
  const begin = useCommand('beginMastodonOauth', {
    onSuccess: ({ authoriseUrl }) => void openLink(authoriseUrl),
  });
  const connectionId = begin.data?.connectionId;
  return (
    <SecretForm
      label={connectionId === undefined ? 'New access token' : 'Code'}
      isHidden={connectionId === undefined}
      onSubmit={(secret) => {
        if (connectionId === undefined) reconnect.mutate({ accountId, secret });
        else complete.mutate({ connectionId, code: secret });
      }}
      error={reconnect.error ?? complete.error}
      isBusy={reconnect.isPending || complete.isPending}
      besideAction={
        serviceUrl === null ? null : (
          <Button look="ghost" onClick={() => begin.mutate({ serviceUrl, accountId })}>
            On a page of the server
          </Button>
        )
      }
    />
  );
}
