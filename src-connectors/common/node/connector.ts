import type { Logger } from '../../../src-node/logger.ts';
import type { Account, Platform } from '../../../src-shared/domain/account.ts';
import type { AssetKind } from '../../../src-shared/domain/asset.ts';
import type { Visibility } from '../../../src-shared/domain/variant-content.ts';
import type { AccountDescription, Credential, SignedInAccount, SignInOptions } from './remote-account.ts';

/** A file that already fits the platform (see fit-media.ts); the original is never sent. */
export interface PublishableMedia {
  kind: AssetKind;
  path: string;
  mimeType: string;
  sizeBytes: number;
  durationMs: number | null;
  widthPx: number | null;
  heightPx: number | null;
  altText: string;
  /** For naming it: the name of the recording it came from. */
  title: string;
}

/** What is to appear on one account, with its media at hand. */
export interface PublishableVariant {
  /** Names the post on this account for ever; a platform's handle may be made of it. */
  targetId: string;
  /** When the post was first written down; never changes either. Nothing of it was anywhere before. */
  writtenAt: string;
  /** The post and, in a thread, its answers. */
  parts: readonly { text: string; media: readonly PublishableMedia[] }[];
  title: string | null;
  contentWarning: string | null;
  visibility: Visibility | null;
  languages: readonly string[];
}

/**
 * Exactly what is sent, with the handle by which the platform recognises a second sending. Saved before the first byte
 * of it leaves, and never changed after. Plain JSON.
 */
export interface FrozenPublication {
  platform: Platform;
  /** Of the shape of `content`: a newer program still reads what an older one froze. */
  version: number;
  /** Record key, idempotency key or item id. */
  handle: string;
  /** When it was frozen; stands in what is published where the platform takes it. */
  createdAt: string;
  content: Readonly<Record<string, unknown>>;
}

export interface Published {
  remoteId: string;
  /** Where a person can see it; null where it has no page. */
  url: string | null;
  /** The answers of a thread, in their order, for deleting it as a whole. */
  answerIds?: readonly string[] | undefined;
}

export type Reconciliation =
  | { state: 'found'; published: Published }
  /** It is certain that nothing of it arrived: sending it again makes one post. */
  | { state: 'absent' }
  /** A part of a thread is there: sending it again adds the rest. */
  | { state: 'begun' }
  /** It was there and somebody has deleted it on the platform: it must not come back. */
  | { state: 'removed' }
  /** Nobody can tell. `reason` is a sentence for the person, who decides. */
  | { state: 'unknown'; reason: string };

/** Null where the platform does not tell. */
export interface PostMetrics {
  readAt: string;
  likes: number | null;
  reposts: number | null;
  replies: number | null;
  quotes: number | null;
  views: number | null;
}

export interface ConnectorContext {
  account: Account;
  /** What the vault holds for the account, opened. @throws AppError `credentials.*` */
  readCredential(): Promise<Credential>;
  /** A session was renewed: the old one will stop working. */
  saveCredential(credential: Credential): Promise<void>;
  signal: AbortSignal;
  now: () => Date;
  logger: Logger;
  /** When this publication was first handed to the platform; null if it never was. */
  firstSentAt: string | null;
  /** Our record comes out of a backup made then, and it may have been sent since; null if nothing is unknown. */
  unknownSince: string | null;
  /** Whether another publication of ours has this id there: what says the same need not be the same. */
  isAnother: (remoteId: string) => boolean;
}

/** What is known of a publication when a context is opened for it. */
export interface KnownOfPublication {
  firstSentAt: string | null;
  unknownSince?: string | null;
  isAnother?: (remoteId: string) => boolean;
}

/** Everything Longhand can do with one platform. */
export interface Connector {
  platform: Platform;
  /**
   * Uploads media, resolves mentions and link cards, and freezes what will be sent. Doing it again is harmless:
   * what was uploaded and not used disappears from the platform by itself.
   * @throws PublishError
   */
  prepare(variant: PublishableVariant, context: ConnectorContext): Promise<FrozenPublication>;
  /**
   * Sends what is frozen. The same frozen value sent twice, or by two workers at once, has one effect.
   * @throws PublishError; after `unknown-outcome` only {@link reconcile} can tell.
   */
  publish(frozen: FrozenPublication, context: ConnectorContext): Promise<Published>;
  /** Looks whether it is there. Changes nothing. @throws PublishError `unreachable`, `rate-limited`, `credentials-refused` */
  reconcile(frozen: FrozenPublication, context: ConnectorContext): Promise<Reconciliation>;
  /** @throws PublishError; `refused` where the post is gone */
  readMetrics(published: Published, context: ConnectorContext): Promise<PostMetrics>;
  /**
   * Deletes it on the platform, with the answers that make it a thread; what is gone already is no error.
   * @throws PublishError with the ids of those that remain as `details.remainingIds`
   */
  remove(published: Published, context: ConnectorContext): Promise<void>;
  /**
   * Asks the platform whether the account can be used, and what it says of it now. Left out where one does not sign in.
   * @throws PublishError
   */
  check?(context: ConnectorContext): Promise<AccountDescription>;
  /** With a secret that the person has made anew. Left out where one does not sign in. @throws PublishError */
  signInAgain?(account: Account, secret: string, options: SignInOptions): Promise<SignedInAccount>;
  /**
   * Whether the folder of the account, for which posts wait after `platform.folder-missing`, is there again: then they go
   * on at once. Left out where an account has none; what waits for another folder goes on with its next try.
   */
  isFolderBack?(account: Account): Promise<boolean>;
}
