import type { MediaProbe } from '../../../../src-shared/domain/media-probe.ts';
import type { MediaLimit } from '../../../../src-shared/domain/platforms/platform-limits.ts';
import type { Clip } from '../../../../src-shared/domain/variant-content.ts';
import type { FitPlan } from '../../../../src-shared/domain/platforms/plan-fit.ts';

/** One file to make, and all that decides how. */
export interface EncodeJob {
  sourcePath: string;
  temporaryPath: string;
  source: MediaProbe;
  clip: Clip | null;
  /** Of what is made; null for a picture. */
  durationMs: number | null;
  limit: MediaLimit;
  plan: FitPlan;
}
