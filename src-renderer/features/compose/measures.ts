import type { Account, Platform } from '../../../src-shared/domain/account.ts';
import type { PlatformLimits } from '../../../src-shared/domain/platforms/platform-limits.ts';

export interface Measure {
  key: string;
  platform: Platform;
  limits: PlatformLimits;
  /** Of the accounts that count so. */
  names: string[];
}

/** One measure for all accounts that count and limit a text alike: two accounts on one server need one counter. */
export function oneOfEachMeasure(accounts: readonly Account[]): Measure[] {
  const measures = new Map<string, Measure>();
  for (const { platform, limits, name } of accounts) {
    const key = `${platform} ${JSON.stringify(limits.text)}`;
    const known = measures.get(key);
    if (known === undefined) measures.set(key, { key, platform, limits, names: [name] });
    else known.names.push(name);
  }
  return [...measures.values()];
}
