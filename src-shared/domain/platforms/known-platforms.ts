import type { PlatformDescription } from '../../../src-connectors/common/shared/platform-description.ts';
import { platforms } from '../../../src-connectors/platforms.ts';
import type { Platform } from '../account.ts';
import type { PlatformLimits } from './platform-limits.ts';

export const platformNames = byPlatform(({ name }) => name);

/** How far apart the posts of one account are kept. */
export const publishingSpacingMs = byPlatform(({ spacingMs }) => spacingMs);

/** What is written for where nothing says for whom. */
export const usualPlatform: Platform = platforms[0].id;

const descriptions = byPlatform((description) => description);

export function descriptionOf(platform: Platform): PlatformDescription {
  return descriptions[platform];
}

/** What a platform takes unless an account of it says otherwise; undefined for a name that is none. */
export function limitsByName(name: string): PlatformLimits | undefined {
  const plain = name.trim().toLowerCase();
  const known: readonly PlatformDescription[] = platforms;
  const named = known.find(({ id }) => id === plain);
  if (named !== undefined) return named.limits;
  return known.flatMap(({ places = {} }) => (Object.hasOwn(places, plain) ? [places[plain]] : []))[0];
}

function byPlatform<Value>(
  read: (description: PlatformDescription) => Value,
): Readonly<Record<Platform, Value>> {
  const entries = platforms.map((description) => [description.id, read(description)] as const);
  return Object.fromEntries(entries) as Record<Platform, Value>;
}
