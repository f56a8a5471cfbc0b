import { z } from 'zod';
import { describePlatform } from '../../common/shared/platform-description.ts';
import { countWeighted } from './count-weighted.ts';
import { manualServiceLimits, manualServiceSchema } from './manual-services.ts';

/** Posted by hand, with caption and file at hand. */
export const manual = describePlatform({
  id: 'manual',
  name: 'By hand',
  settings: z.strictObject({ platform: z.literal('manual'), service: manualServiceSchema }),
  delivery: 'by-hand',
  hasCredentials: false,
  isNamedByPerson: true,
  hasVisibility: false,
  limits: manualServiceLimits.other,
  places: manualServiceLimits,
  countings: { x: { length: countWeighted } },
  spacingMs: 0,
  calledInWishes: [],
});
