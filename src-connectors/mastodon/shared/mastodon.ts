import { z } from 'zod';
import { countGraphemes, replaceLinks } from '../../../src-shared/domain/platforms/count-text.ts';
import { visibilitySchema } from '../../../src-shared/domain/variant-content.ts';
import { describePlatform } from '../../common/shared/platform-description.ts';
import { mastodonDefaultLimits } from './mastodon-limits.ts';

export const mastodon = describePlatform({
  id: 'mastodon',
  name: 'Mastodon',
  settings: z.strictObject({ platform: z.literal('mastodon'), visibility: visibilitySchema }),
  delivery: 'automatic',
  hasCredentials: true,
  isNamedByPerson: false,
  hasVisibility: true,
  limits: mastodonDefaultLimits,
  countings: {
    mastodon: {
      length: (text, { linkLength }) =>
        countGraphemes(shortenMentions(replaceLinks(text, () => 'x'.repeat(linkLength ?? 23)))),
    },
  },
  // 300 calls in five minutes, and a post with media takes several (https://docs.joinmastodon.org/api/rate-limits/).
  spacingMs: 4_000,
  calledInWishes: ['mastodon', 'fediverse'],
});

/** `@name@server` counts as `@name`. */
function shortenMentions(text: string): string {
  return text.replace(/(?<![\w/])(@\w+)@[\w.-]+\w/gu, '$1');
}
