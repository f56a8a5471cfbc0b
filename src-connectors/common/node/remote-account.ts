import type { PlatformLimits } from '../../../src-shared/domain/platforms/platform-limits.ts';

/** The secrets of one account, as its connector keeps them. Plain JSON; leaves memory only encrypted. */
export type Credential = Readonly<Record<string, unknown>>;

/** What a platform says of an account. */
export interface AccountDescription {
  /** The platform's own name for the account, which never changes. */
  remoteId: string;
  handle: string;
  serviceUrl: string;
  profileUrl: string | null;
  limits: PlatformLimits;
}

/** An account that one has just signed in to. */
export interface SignedInAccount {
  description: AccountDescription;
  credential: Credential;
}

export interface SignInOptions {
  signal: AbortSignal;
  now: () => Date;
}
