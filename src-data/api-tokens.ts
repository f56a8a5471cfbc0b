import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import { apiTokenPrefix, type ApiToken } from '../src-shared/domain/access.ts';
import { recordNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { apiToken } from './schema/access.ts';

const columns = {
  tokenId: apiToken.tokenId,
  name: apiToken.name,
  scopes: apiToken.scopes,
  ending: apiToken.ending,
  createdAt: apiToken.createdAt,
  lastUsedAt: apiToken.lastUsedAt,
  revokedAt: apiToken.revokedAt,
};

const secretBytes = 32;

export type ApiTokenRepository = ReturnType<typeof createApiTokenRepository>;

/**
 * Keys of programs. A secret is 256 random bits, so its plain SHA-256 tells nothing about it and finds it at once:
 * slow password hashes are for what people can remember.
 */
export function createApiTokenRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  const byHash = orm
    .select(columns)
    .from(apiToken)
    .where(eq(apiToken.secretHash, sql.placeholder('secretHash')))
    .prepare();

  function find(tokenId: string): ApiToken | undefined {
    return orm.select(columns).from(apiToken).where(eq(apiToken.tokenId, tokenId)).get();
  }

  /** @throws AppError `input.not-found` */
  function get(tokenId: string): ApiToken {
    const token = find(tokenId);
    if (token === undefined) throw recordNotFound('This API token', tokenId);
    return token;
  }

  return {
    find,
    get,

    /** The token with this secret, revoked ones too. */
    findBySecret(secret: string): ApiToken | undefined {
      return byHash.get({ secretHash: hashSecret(secret) });
    },

    /** Newest first. */
    list(): ApiToken[] {
      return orm.select(columns).from(apiToken).orderBy(desc(apiToken.createdAt)).all();
    },

    /** The only moment at which the secret is known. */
    create({ name, scopes }: Pick<ApiToken, 'name' | 'scopes'>): { token: ApiToken; secret: string } {
      const secret = `${apiTokenPrefix}${randomBytes(secretBytes).toString('base64url')}`;
      const tokenId = randomUUID();
      orm
        .insert(apiToken)
        .values({
          tokenId,
          name,
          scopes: [...new Set(scopes)],
          secretHash: hashSecret(secret),
          ending: secret.slice(-4),
          createdAt: now().toISOString(),
        })
        .run();
      return { token: get(tokenId), secret };
    },

    /** Once revoked it stays so, with the time of the first time. */
    revoke(tokenId: string): ApiToken {
      const token = get(tokenId);
      if (token.revokedAt === null) {
        orm
          .update(apiToken)
          .set({ revokedAt: now().toISOString() })
          .where(eq(apiToken.tokenId, tokenId))
          .run();
      }
      return get(tokenId);
    },

    noteUse(tokenId: string): void {
      orm
        .update(apiToken)
        .set({ lastUsedAt: now().toISOString() })
        .where(eq(apiToken.tokenId, tokenId))
        .run();
    },
  };
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
