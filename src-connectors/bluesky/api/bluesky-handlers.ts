import {
  connectSignedIn,
  signInFirst,
  signInOptions,
} from '../../../src-api/commands/accounts/connect-remote.ts';
import type { ChangeHandler, Handlers } from '../../../src-api/commands/handler-types.ts';
import type { PublishError } from '../../common/node/publish-error.ts';
import { signInToBluesky } from '../node/connect-bluesky.ts';
import type { blueskyCommands } from '../shared/bluesky-commands.ts';

const connectBlueskyAccount: ChangeHandler<'connect-bluesky-account'> = {
  async prepare({ name, ...request }, services) {
    await services.vault.prepare();
    const signedIn = await signInFirst(
      'Bluesky does not accept this handle with this password. Nothing was connected. Check the handle, or make a new app password in the settings of Bluesky.',
      () => signInToBluesky(request, signInOptions(services)),
      wantsMore,
    );
    return () => connectSignedIn(services, signedIn, { name, settings: { platform: 'bluesky' } });
  },
};

/** More than the right password is needed, and the refusal says what. */
function wantsMore({ details }: PublishError): boolean {
  return ['AccountTakedown', 'AuthFactorTokenRequired'].includes(String(details?.['error']));
}

export const blueskyHandlers: Pick<Handlers, keyof typeof blueskyCommands> = {
  'connect-bluesky-account': connectBlueskyAccount,
};
