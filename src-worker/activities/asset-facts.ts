import type { AssetRow } from '../../src-data/assets.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { mediaProbeSchema, type MediaProbe } from '../../src-shared/domain/media-probe.ts';

/** What the probe step found out. @throws AppError `input.wrong-state` where the file was not examined yet */
export function readProbe(asset: AssetRow): MediaProbe {
  const parsed = mediaProbeSchema.safeParse(asset.probe);
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: 'input.wrong-state',
    userMessage:
      'What was known about this file does not fit this version of Longhand. The file is unchanged. Remove the recording from the library and add it again.',
    retry: 'user',
    details: { assetId: asset.assetId, issues: parsed.error.issues.slice(0, 5) },
    cause: parsed.error,
  });
}
