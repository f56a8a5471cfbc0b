import type {
  Connector,
  ConnectorContext,
  KnownOfPublication,
  PublishableVariant,
} from '../../src-connectors/common/node/connector.ts';
import type { Account, Platform } from '../../src-shared/domain/account.ts';
import type { BackOff } from '../../src-shared/domain/back-off.ts';
import { publishingSpacingMs } from '../../src-shared/domain/platforms/known-platforms.ts';
import type { VariantContent } from '../../src-shared/domain/variant-content.ts';

/** The platforms, as the activities see them. */
export interface PublishingPort {
  connectorOf(platform: Platform): Connector;
  openContext(account: Account, options: { signal: AbortSignal } & KnownOfPublication): ConnectorContext;
  /** Cuts, converts and scales the media to fit the account's platform; what was made before is found again. */
  fitMedia(
    parts: VariantContent['parts'],
    account: Account,
    options: { signal: AbortSignal; onProgress?: (fraction: number) => void },
  ): Promise<FittedParts>;
}

export interface FittedParts {
  parts: PublishableVariant['parts'];
  /** What converting took; nothing where all of it was there. */
  renderedMs: number;
}

/**
 * The moments of a try at which a worker can die and the outcome depends on what was written before. Tests end the
 * process at each of them.
 */
export const publishingSteps = [
  'prepare-claimed',
  'prepare-made',
  'prepare-saved',
  'claimed',
  'made',
  'saved',
  'looked',
  'sending',
  'sent',
  'recorded',
] as const;

/** The same of a try to delete. */
export const deletionSteps = ['delete-claimed', 'removed'] as const;

export type PublishingStep = (typeof publishingSteps)[number] | (typeof deletionSteps)[number];

export interface PublishingTimings {
  /** A try that has not been heard of for so long is taken up by somebody else. */
  leaseMs: number;
  renewLeaseMs: number;
  /** How far apart the posts of one account are kept, by platform. */
  spacingMs: Readonly<Record<Platform, number>>;
  retry: BackOff;
  /** After a lost answer: the platform is looked at soon, since most often it has taken the post. */
  look: BackOff;
  /** Where the platform asks to wait and does not say how long. */
  rateLimitMs: number;
  /** Failures in a row before a person is asked. */
  failureLimit: number;
  /** Looks without an answer before a post is unconfirmed. */
  lookLimit: number;
}

export const defaultPublishingTimings: PublishingTimings = {
  leaseMs: 20_000,
  renewLeaseMs: 5_000,
  spacingMs: publishingSpacingMs,
  retry: { firstMs: 5_000, longestMs: 10 * 60_000 },
  look: { firstMs: 1_000, longestMs: 5 * 60_000 },
  rateLimitMs: 60_000,
  failureLimit: 60,
  lookLimit: 8,
};
