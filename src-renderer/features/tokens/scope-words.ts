import type { Scope } from '../../../src-shared/domain/access.ts';

/** What a token can be given, in the words of the person who gives it. */
export const scopeTitles: Record<Exclude<Scope, 'owner'>, string> = {
  'library:read': 'See the library and transcripts',
  'library:write': 'Add and change recordings',
  'posts:read': 'See posts and the calendar',
  'posts:write': 'Write drafts and ask to publish',
  'accounts:read': 'See which accounts there are',
  'accounts:write': 'Connect and change accounts',
  think: 'Ask for ideas, captions and plans',
  chat: 'Take part in conversations',
  'system:read': 'See the state and the settings',
  'system:write': 'Change settings',
};

/** What most programs need: everything that looks, and drafts. */
export const usualScopes = ['library:read', 'posts:read', 'posts:write', 'accounts:read', 'think'] as const;
