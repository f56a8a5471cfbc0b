import type { PlatformLimits } from '../../../src-shared/domain/platforms/platform-limits.ts';
import type { Credential } from './connector.ts';

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
