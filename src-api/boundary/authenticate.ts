import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiTokenRepository } from '../../src-data/api-tokens.ts';
import type { Logger } from '../../src-node/logger.ts';
import { scopeSchema, tokenScopeSchema, type ApiToken, type Scope } from '../../src-shared/domain/access.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Credentials, Door, Principal } from './principal.ts';

const everything: ReadonlySet<Scope> = new Set(scopeSchema.options);
const allButOwner: ReadonlySet<Scope> = new Set(tokenScopeSchema.options);
const forLoops: ReadonlySet<Scope> = new Set([
  'library:read',
  'library:write',
  'posts:read',
  'posts:write',
  'accounts:read',
  'think',
]);

const ownersClients = { window: 'You', 'command-line': 'You, on the command line' } as const;
const agentClients = { assistant: 'Assistant', mcp: 'A program over MCP' } as const;
/** Through which doors each agent of the owner's own comes. */
const doorsOfAgent: Readonly<Record<keyof typeof agentClients, readonly Door[]>> = {
  assistant: ['internal'],
  mcp: ['local', 'mcp'],
};

const tokenPrefix = 'token:';

/** Noting the time of each call would cost a write of its own. */
const noteUseEveryMs = 60_000;

export type Authenticate = (credentials: Credentials, door: Door) => Principal;

export interface AuthenticateOptions {
  /** What the supervisor gave to the api and the worker. */
  internalToken: string | undefined;
  tokens: Pick<ApiTokenRepository, 'findBySecret' | 'noteUse'>;
  now: () => Date;
  logger: Logger;
}

/**
 * First step: who asks. The local door is open to the owner of the data folder only (the socket is theirs alone), so
 * the owner is believed which client it is; the worker shows the token that the supervisor gave to both sides; other
 * programs show an API token.
 */
export function createAuthenticate({
  internalToken,
  tokens,
  now,
  logger,
}: AuthenticateOptions): Authenticate {
  function noteUse({ tokenId, lastUsedAt }: ApiToken): void {
    if (lastUsedAt !== null && now().getTime() - Date.parse(lastUsedAt) < noteUseEveryMs) return;
    try {
      tokens.noteUse(tokenId);
    } catch (thrown) {
      // On a full disk the token may still be used to look.
      logger.warn({ err: thrown, tokenId }, 'could not note when a token was used');
    }
  }

  return (credentials, door) => {
    switch (credentials.kind) {
      case 'owner':
        if (door !== 'local') break;
        return {
          name: credentials.client,
          kind: 'owner',
          label: ownersClients[credentials.client],
          scopes: everything,
        };
      case 'agent':
        if (!doorsOfAgent[credentials.client].includes(door)) break;
        return ownAgent(credentials.client);
      case 'token': {
        const token = tokens.findBySecret(credentials.token);
        if (token?.revokedAt !== null) break;
        noteUse(token);
        return tokenHolder(token);
      }
      case 'internal-token':
        if (internalToken === undefined || !isSame(credentials.token, internalToken)) break;
        return { name: 'loop', kind: 'loop', label: 'A loop', scopes: forLoops };
      case 'system':
        if (door !== 'internal') break;
        return { name: 'system', kind: 'system', label: 'Longhand', scopes: everything };
    }
    throw new AppError({
      code: 'input.not-allowed',
      userMessage:
        'This caller is not known to Longhand. Nothing was changed. Start it from Longhand itself, or make an API token for it in Settings.',
      retry: 'never',
    });
  };
}

/** The agent of this name as it may act now, for what it asked for earlier; undefined where it may not any more. */
export function findAgent(name: string, tokens: Pick<ApiTokenRepository, 'find'>): Principal | undefined {
  if (name === 'assistant' || name === 'mcp') return ownAgent(name);
  const token = name.startsWith(tokenPrefix) ? tokens.find(name.slice(tokenPrefix.length)) : undefined;
  return token?.revokedAt === null ? tokenHolder(token) : undefined;
}

function ownAgent(client: keyof typeof agentClients): Principal {
  return { name: client, kind: 'agent', label: agentClients[client], scopes: allButOwner };
}

function tokenHolder({ tokenId, name, scopes }: ApiToken): Principal {
  return { name: `${tokenPrefix}${tokenId}`, kind: 'agent', label: name, scopes: new Set(scopes) };
}

/** Compares digests, so that the time it takes tells nothing. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
