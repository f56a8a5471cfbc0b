import { access } from 'node:fs/promises';
import type { ErrorCode } from '../../../src-shared/domain/error-codes.ts';
import { AppError, type RetryPolicy } from '../../../src-shared/domain/errors.ts';

/**
 * How a platform call ended badly. `refused`: the platform said no, and will again. `unreachable`: nothing was sent.
 * `unknown-outcome`: it may have arrived. `credentials-refused`: a definite no to the credentials themselves.
 */
export type PublishErrorKind =
  'refused' | 'rate-limited' | 'unreachable' | 'unknown-outcome' | 'credentials-refused';

const entries: Readonly<Record<PublishErrorKind, { code: ErrorCode; retry: RetryPolicy }>> = {
  refused: { code: 'platform.refused', retry: 'user' },
  'rate-limited': { code: 'platform.rate-limited', retry: 'auto' },
  unreachable: { code: 'platform.unreachable', retry: 'auto' },
  'unknown-outcome': { code: 'platform.unknown-outcome', retry: 'auto' },
  'credentials-refused': { code: 'platform.credentials-refused', retry: 'user' },
};

export interface PublishErrorOptions {
  kind: PublishErrorKind;
  userMessage: string;
  /** How long the platform asked to wait. */
  retryAfterMs?: number | undefined;
  /** Of a thread a part is there already, whatever became of the rest. */
  isBegun?: boolean;
  details?: Record<string, unknown>;
  cause?: unknown;
}

/** An {@link AppError} of a connector; `kind` and `retryAfterMs` stand in the details too, and so cross processes. */
export class PublishError extends AppError {
  readonly kind: PublishErrorKind;
  readonly retryAfterMs: number | null;
  readonly isBegun: boolean;

  constructor({ kind, userMessage, retryAfterMs, isBegun = false, details, cause }: PublishErrorOptions) {
    super({
      ...entries[kind],
      userMessage,
      details: { ...details, kind, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
      cause,
    });
    this.name = 'PublishError';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs ?? null;
    this.isBegun = isBegun;
  }

  /** The same, of a thread of which a part is there already. */
  asBegun(): PublishError {
    const { kind, userMessage, details = {}, retryAfterMs, cause } = this;
    return new PublishError({
      ...{ kind, userMessage, details, cause },
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
      isBegun: true,
    });
  }
}

/** What stood in the way before anything was done: it is certain that nothing was sent. */
export class NotBegunError extends AppError {
  constructor(cause: AppError) {
    const { code, userMessage, retry, details } = cause;
    super({ code, userMessage, retry, ...(details === undefined ? {} : { details }), cause });
    this.name = 'NotBegunError';
  }
}

/** A file that was made ready for a post is not there any more: what will be sent has to be made anew. */
export class PreparedGoneError extends NotBegunError {
  constructor(path: string, cause: unknown) {
    super(
      new AppError({
        code: 'storage.vanished',
        userMessage:
          'The file that was made ready for this post is not there any more. Nothing was sent, and it is made ready anew by itself.',
        retry: 'auto',
        details: { path },
        cause,
      }),
    );
    this.name = 'PreparedGoneError';
  }
}

/** @throws PreparedGoneError */
export async function expectPrepared(path: string): Promise<void> {
  try {
    await access(path);
  } catch (thrown) {
    throw new PreparedGoneError(path, thrown);
  }
}

const notRemovedSentences: Readonly<Record<PublishErrorKind, string>> = {
  refused: 'The platform did not delete it. It is left where it was.',
  'rate-limited': 'The platform asks to wait before it deletes. It is tried again by itself.',
  unreachable: 'The platform cannot be reached. Nothing was deleted, and it is tried again by itself.',
  'unknown-outcome':
    'The answer of the platform was lost. It is deleted once more: what is gone already stays gone.',
  'credentials-refused':
    'The platform does not accept the credentials of this account any more. Nothing was deleted. Connect the account again, and it goes on by itself.',
};

/** A deletion that did not come to its end: which posts are there still. */
export function notRemoved(
  { kind, retryAfterMs, details, cause }: PublishError,
  remainingIds: readonly string[],
  count: number,
): PublishError {
  const reason =
    kind === 'refused' && cause instanceof Error ? ` It says: “${cause.message.slice(0, 300)}”.` : '';
  const rest =
    count > 1 ? ` Of the ${count} posts of the thread, ${remainingIds.length} may be there still.` : '';
  return new PublishError({
    kind,
    userMessage: `${notRemovedSentences[kind]}${reason}${rest}`,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    details: { ...details, remainingIds },
    cause,
  });
}
