import { MastoHttpError } from 'masto';
import { readRetryAfterMs, wasNeverSent } from '../../common/node/platform-fetch.ts';
import { PublishError } from '../../common/node/publish-error.ts';
import { quoteAnswer } from '../../common/node/quote-answer.ts';

/** What a call to the server came to, in the terms of a connector. `isReading`: it changes nothing there. */
export function toMastodonError(thrown: unknown, call: { isReading: boolean; now: Date }): unknown {
  if (thrown instanceof PublishError || !(thrown instanceof Error)) return thrown;
  if (!(thrown instanceof MastoHttpError)) return describeLostCall(thrown, call.isReading);
  const { statusCode: status, message } = thrown;
  const details = { status, error: message };
  const headers = thrown.cause instanceof Response ? thrown.cause.headers : undefined;
  const retryAfterMs = readRetryAfterMs((name) => headers?.get(name), call.now);
  if (status === 401) return credentialsRefused(thrown);
  if (status === 429) {
    return new PublishError({
      kind: 'rate-limited',
      userMessage: 'The Mastodon server asks to wait. Nothing is lost; it is tried again by itself.',
      retryAfterMs,
      details,
      cause: thrown,
    });
  }
  if (status >= 500) {
    return new PublishError({
      kind: call.isReading ? 'unreachable' : 'unknown-outcome',
      userMessage: call.isReading
        ? 'The Mastodon server could not answer just now. Nothing was changed; it is tried again by itself.'
        : 'The Mastodon server answered with an error of its own, so it is not known whether the post arrived. Longhand looks before it sends again.',
      retryAfterMs,
      details,
      cause: thrown,
    });
  }
  return new PublishError({
    kind: 'refused',
    userMessage: `The Mastodon server refused it: ${quoteAnswer(message)} The post is kept. Change it and try again.`,
    details,
    cause: thrown,
  });
}

export function hasStatus(thrown: unknown, status: number): boolean {
  return thrown instanceof MastoHttpError && thrown.statusCode === status;
}

/** Also for an answer that is no Mastodon answer at all: a proxy's page, a hotel's sign-in. */
function describeLostCall(thrown: Error, isReading: boolean): PublishError {
  const details = { message: thrown.message };
  if (isReading || wasNeverSent(thrown)) {
    return new PublishError({
      kind: 'unreachable',
      userMessage:
        'The Mastodon server cannot be reached. Nothing was sent, and it is tried again by itself.',
      details,
      cause: thrown,
    });
  }
  return new PublishError({
    kind: 'unknown-outcome',
    userMessage:
      'The connection to the Mastodon server broke while the post was sent, so it is not known whether it arrived. Longhand looks before it sends again.',
    details,
    cause: thrown,
  });
}

function credentialsRefused(thrown: MastoHttpError): PublishError {
  return new PublishError({
    kind: 'credentials-refused',
    userMessage:
      'The Mastodon server does not accept the access of this account any more. Its posts are kept and wait. Connect the account again.',
    details: { error: thrown.message },
    cause: thrown,
  });
}
