import { useCommand } from '../../../src-renderer/app/command-data.ts';
import { tellAndLeave } from '../../../src-renderer/features/accounts/form-parts.tsx';
import { SecretForm } from '../../../src-renderer/features/accounts/secret-form.tsx';
import type { AccountFormProps, PlatformWindow } from '../../common/renderer/platform-window.ts';
import { BlueskyForm } from './bluesky-form.tsx';
import { BlueskyIcon } from './bluesky-icon.tsx';

export const blueskyWindow: PlatformWindow = {
  Icon: BlueskyIcon,
  connect: {
    choice: 'Bluesky',
    title: 'Connect Bluesky',
    description: 'With an app password: make one in Bluesky under Settings, Privacy and security.',
    Form: BlueskyForm,
  },
  ReconnectForm,
};

function ReconnectForm({ account: { accountId }, onDone }: AccountFormProps) {
  const reconnect = useCommand('reconnectAccount', tellAndLeave(onDone));
  return (
    <SecretForm
      label="New app password"
      isHidden
      onSubmit={(secret) => reconnect.mutate({ accountId, secret })}
      error={reconnect.error}
      isBusy={reconnect.isPending}
    />
  );
}
