import { createHash, timingSafeEqual } from 'node:crypto';
import type { Scope } from '../../src-shared/contract/define-command.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Credentials, Door, Principal } from './principal.ts';

const everything: ReadonlySet<Scope> = new Set([
  'library:read',
  'library:write',
  'posts:read',
  'posts:write',
  'accounts:read',
  'accounts:write',
  'think',
  'chat',
  'system:read',
  'system:write',
  'owner',
]);
const library: ReadonlySet<Scope> = new Set(['library:read', 'library:write']);

export type Authenticate = (credentials: Credentials, door: Door) => Principal;

/**
 * First step: who asks. The local door is open to the owner of the data folder only (the socket is theirs alone), so
 * the owner is believed which client it is; the worker shows the token that the supervisor gave to both sides.
 */
export function createAuthenticate(internalToken: string | undefined): Authenticate {
  return (credentials, door) => {
    switch (credentials.kind) {
      case 'owner':
        if (door === 'local') return { name: credentials.client, scopes: everything };
        break;
      case 'internal-token':
        if (internalToken !== undefined && isSame(credentials.token, internalToken)) {
          return { name: 'loop', scopes: library };
        }
        break;
      case 'system':
        if (door === 'internal') return { name: 'system', scopes: everything };
        break;
    }
    throw new AppError({
      code: 'input.not-allowed',
      userMessage:
        'This caller is not known to Longhand. Nothing was changed. Start it from Longhand itself.',
      retry: 'never',
    });
  };
}

/** Compares digests, so that the time it takes tells nothing. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
