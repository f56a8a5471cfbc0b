import { z } from 'zod';
import {
  countGraphemes,
  replaceLinks,
  shortenLink,
} from '../../../src-shared/domain/platforms/count-text.ts';
import { describePlatform } from '../../common/shared/platform-description.ts';
import { blueskyLimits } from './bluesky-limits.ts';

/** What a link leads to is kept apart from the text. */
const toStored = (text: string) => replaceLinks(text, shortenLink);

export const bluesky = describePlatform({
  id: 'bluesky',
  name: 'Bluesky',
  settings: z.strictObject({ platform: z.literal('bluesky') }),
  delivery: 'automatic',
  hasCredentials: true,
  isNamedByPerson: false,
  hasVisibility: false,
  limits: blueskyLimits,
  countings: { bluesky: { length: (text) => countGraphemes(toStored(text)), toStored } },
  // 5,000 points an hour, and a record costs three: one in 2.2 s
  // (https://docs.bsky.app/docs/advanced-guides/rate-limits).
  spacingMs: 2_500,
  calledInWishes: ['bluesky', 'bsky'],
});
