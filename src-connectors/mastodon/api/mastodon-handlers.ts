import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  connectSignedIn,
  signInFirst,
  signInOptions,
} from '../../../src-api/commands/accounts/connect-remote.ts';
import type { ChangeHandler, Handlers } from '../../../src-api/commands/handler-types.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { completeMastodonSignIn, registerWithMastodon, signInToMastodon } from '../node/connect-mastodon.ts';
import type { mastodonCommands } from '../shared/mastodon-commands.ts';

const patienceMs = 30 * 60_000;

const registrationSchema = z.strictObject({
  clientId: z.string(),
  clientSecret: z.string(),
  codeVerifier: z.string(),
});

const connectMastodonAccount: ChangeHandler<'connect-mastodon-account'> = {
  async prepare({ name, ...request }, services) {
    await services.vault.prepare();
    const signedIn = await signInFirst(
      'The Mastodon server does not accept this token. Nothing was connected. Make a new one in its development settings and paste the whole of it.',
      () => signInToMastodon(request, signInOptions(services)),
    );
    return () =>
      connectSignedIn(services, signedIn, {
        name,
        settings: { platform: 'mastodon', visibility: 'public' },
      });
  },
};

const beginMastodonOauth: ChangeHandler<'begin-mastodon-oauth'> = {
  async prepare({ serviceUrl, accountId }, services) {
    const { vault, credentials, now } = services;
    if (accountId !== undefined) services.accounts.get(accountId);
    await vault.prepare();
    const { authoriseUrl, ...registration } = await registerWithMastodon(serviceUrl, signInOptions(services));
    const connectionId = randomUUID();
    return () => {
      const expiresAt = new Date(now().getTime() + patienceMs).toISOString();
      credentials.addPending({
        connectionId,
        platform: 'mastodon',
        serviceUrl,
        accountId: accountId ?? null,
        sealed: vault.sealFor(purposeOf(connectionId), registration),
        expiresAt,
      });
      return { output: { connectionId, authoriseUrl, expiresAt }, entityId: accountId ?? null };
    };
  },
};

const completeMastodonOauth: ChangeHandler<'complete-mastodon-oauth'> = {
  async prepare({ connectionId, code, name }, services) {
    const { vault, credentials } = services;
    await vault.load();
    const pending = credentials.findPending(connectionId);
    const opened = pending && vault.unsealFor(purposeOf(connectionId), pending.sealed);
    if (pending === undefined || opened === undefined) throw connectionExpired(connectionId);
    const registration = registrationSchema.parse(opened);
    const { serviceUrl } = pending;
    const signedIn = await signInFirst(
      'The Mastodon server does not accept this code. Nothing was connected. A code is good once and for a few minutes: begin again to get a new one.',
      () => completeMastodonSignIn({ ...registration, serviceUrl, code }, signInOptions(services)),
    );
    return () => {
      credentials.removePending(connectionId);
      return connectSignedIn(services, signedIn, {
        name,
        settings: { platform: 'mastodon', visibility: 'public' },
        expectedAccountId: pending.accountId ?? undefined,
      });
    };
  },
};

function purposeOf(connectionId: string): string {
  return `connection:${connectionId}`;
}

function connectionExpired(connectionId: string): AppError {
  return new AppError({
    code: 'input.not-found',
    userMessage:
      'This connection was begun too long ago. Nothing was changed. Begin again and enter the new code.',
    retry: 'user',
    details: { connectionId },
  });
}

export const mastodonHandlers: Pick<Handlers, keyof typeof mastodonCommands> = {
  'connect-mastodon-account': connectMastodonAccount,
  'begin-mastodon-oauth': beginMastodonOauth,
  'complete-mastodon-oauth': completeMastodonOauth,
};
