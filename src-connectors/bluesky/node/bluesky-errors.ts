import { XRPCError } from '@atproto/api';
import { readRetryAfterMs, wasNeverSent } from '../../common/node/platform-fetch.ts';
import { PublishError } from '../../common/node/publish-error.ts';
import { quoteAnswer } from '../../common/node/quote-answer.ts';

/** Answers that are about the session, not about what was asked. */
const sessionErrors = new Set(['ExpiredToken', 'InvalidToken', 'AuthMissing', 'AuthenticationRequired']);

export function isSessionError(thrown: unknown): boolean {
  return thrown instanceof XRPCError && (statusOf(thrown) === 401 || sessionErrors.has(thrown.error));
}

/** The HTTP status; below 100 where there was no answer. */
export function statusOf({ status }: XRPCError): number {
  return status;
}

export function isNamedError(thrown: unknown, name: string): boolean {
  return thrown instanceof XRPCError && thrown.error === name;
}

/** What a call to the server came to, in the terms of a connector. `isReading`: it changes nothing there. */
export function toBlueskyError(thrown: unknown, call: { isReading: boolean; now: Date }): unknown {
  if (thrown instanceof PublishError || !(thrown instanceof Error)) return thrown;
  if (!(thrown instanceof XRPCError)) return describeLostCall(thrown, call.isReading);
  const status = statusOf(thrown);
  const details = { status, error: thrown.error };
  if (status < 100) return describeLostCall(thrown, call.isReading);
  if (status === 429) {
    return new PublishError({
      kind: 'rate-limited',
      userMessage: 'Bluesky asks to wait before more is sent. Nothing is lost; it is tried again by itself.',
      retryAfterMs: readRetryAfterMs((name) => thrown.headers?.[name], call.now),
      details,
      cause: thrown,
    });
  }
  if (status >= 500) {
    return new PublishError({
      kind: call.isReading ? 'unreachable' : 'unknown-outcome',
      userMessage: call.isReading
        ? 'Bluesky could not answer just now. Nothing was changed; it is tried again by itself.'
        : 'Bluesky answered with an error of its own, so it is not known whether the post arrived. Longhand looks before it sends again.',
      retryAfterMs: readRetryAfterMs((name) => thrown.headers?.[name], call.now),
      details,
      cause: thrown,
    });
  }
  return new PublishError({
    kind: 'refused',
    userMessage: `Bluesky refused it: ${quoteAnswer(thrown.message)} The post is kept. Change it and try again.`,
    details,
    cause: thrown,
  });
}

function describeLostCall(thrown: Error, isReading: boolean): PublishError {
  if (isReading || wasNeverSent(thrown)) {
    return new PublishError({
      kind: 'unreachable',
      userMessage: 'Bluesky cannot be reached. Nothing was sent, and it is tried again by itself.',
      details: { message: thrown.message },
      cause: thrown,
    });
  }
  return new PublishError({
    kind: 'unknown-outcome',
    userMessage:
      'The connection to Bluesky broke while the post was sent, so it is not known whether it arrived. Longhand looks before it sends again.',
    details: { message: thrown.message },
    cause: thrown,
  });
}

export function credentialsRefused(cause: unknown): PublishError {
  const name = cause instanceof XRPCError ? cause.error : undefined;
  const userMessage =
    name === 'AccountTakedown'
      ? 'Bluesky has taken this account down. Posts for it are kept and wait. Sign in to Bluesky to see why.'
      : name === 'AuthFactorTokenRequired'
        ? 'Bluesky wants a second factor for this password. Make an app password in the settings of Bluesky and connect the account with it. Posts for it wait.'
        : 'Bluesky does not accept the app password any more. Posts for this account are kept and wait. Make a new app password in the settings of Bluesky and connect the account again.';
  return new PublishError({
    kind: 'credentials-refused',
    userMessage,
    details: { error: name ?? null },
    cause,
  });
}
