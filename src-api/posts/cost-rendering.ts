import type { Cost } from '../../src-shared/domain/access.ts';
import { mediaProbeSchema } from '../../src-shared/domain/media-probe.ts';
import type { MediaReference } from '../../src-shared/domain/variant-content.ts';
import { planFit } from '../../src-shared/domain/platforms/plan-fit.ts';
import type { CommandServices } from '../commands/services.ts';

/** About what a usual processor converts in a minute. */
const recordingMsPerRenderingMinute = 3 * 60_000;

/**
 * What making media ready for an account may take, estimated; what it really took is settled by the worker. Nothing for
 * pictures, which take a moment, and for what the platform takes as it is.
 */
export function renderingCosts(
  media: readonly MediaReference[],
  accountId: string,
  { accounts, assets }: Pick<CommandServices, 'accounts' | 'assets'>,
  spentAt?: string | null,
): Cost[] {
  const limits = accounts.find(accountId)?.limits;
  if (limits === undefined) return [];
  const durationMs = media.reduce((total, { assetId, clip }) => {
    const asset = assets.find(assetId);
    const probe = mediaProbeSchema.safeParse(asset?.probe).data;
    const plan = probe && planFit(probe, limits, clip)?.plan.kind;
    if (plan === undefined || plan === 'as-is' || plan === 'picture') return total;
    return total + (clip === null ? (asset?.durationMs ?? 0) : clip.endMs - clip.startMs);
  }, 0);
  if (durationMs === 0) return [];
  return [
    {
      unit: 'rendering-minutes',
      amount: Math.ceil(durationMs / recordingMsPerRenderingMinute),
      accountId,
      ...(spentAt === undefined || spentAt === null ? {} : { spentAt }),
    },
  ];
}
