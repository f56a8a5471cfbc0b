import type { ChangeHandler } from '../handler-types.ts';
import { wrongState } from '../wrong-state.ts';

const notYet = () => {
  throw wrongState('This platform cannot be connected yet. Nothing was changed.', {});
};

export const connectBlueskyAccount: ChangeHandler<'connect-bluesky-account'> = { prepare: () => notYet };
export const connectMastodonAccount: ChangeHandler<'connect-mastodon-account'> = { prepare: () => notYet };
export const beginMastodonOauth: ChangeHandler<'begin-mastodon-oauth'> = { prepare: () => notYet };
export const completeMastodonOauth: ChangeHandler<'complete-mastodon-oauth'> = { prepare: () => notYet };
export const verifyAccount: ChangeHandler<'verify-account'> = { prepare: () => notYet };
export const reconnectAccount: ChangeHandler<'reconnect-account'> = { prepare: () => notYet };
