import { connectAccount } from '../../../src-api/commands/accounts/change-account.ts';
import type { ChangeHandler, Handlers } from '../../../src-api/commands/handler-types.ts';
import type { manualCommands } from '../shared/manual-commands.ts';
import { manualServiceLimits, manualServiceNames } from '../shared/manual-services.ts';

const connectManualAccount: ChangeHandler<'connect-manual-account'> = {
  prepare:
    ({ service, handle, name }, services) =>
    () =>
      connectAccount(services, {
        identity: {
          platform: 'manual',
          handle,
          remoteId: `${service}:${handle.toLowerCase()}`,
          serviceUrl: null,
          profileUrl: null,
          limits: manualServiceLimits[service],
        },
        name: name ?? manualServiceNames[service],
        settings: { platform: 'manual', service },
      }),
};

export const manualHandlers: Pick<Handlers, keyof typeof manualCommands> = {
  'connect-manual-account': connectManualAccount,
};
