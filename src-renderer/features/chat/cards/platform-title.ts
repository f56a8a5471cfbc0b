import { platformSchema } from '../../../../src-shared/domain/account.ts';
import { platformNames } from '../../../../src-shared/domain/platforms/known-platforms.ts';

/** What people call a platform; its own name where this version does not know it. */
export function platformTitle(platform: string): string {
  const known = platformSchema.options.find((option) => option === platform);
  return known === undefined ? platform : platformNames[known];
}
