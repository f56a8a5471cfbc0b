import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Account, AccountSettings } from '../src-shared/domain/account.ts';
import type { AppErrorDto } from '../src-shared/domain/errors.ts';
import { recordNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { account } from './schema/accounts.ts';

export type AccountRow = typeof account.$inferSelect;

/** What a platform says of an account when it is connected. */
export type AccountIdentity = Pick<
  AccountRow,
  'platform' | 'handle' | 'remoteId' | 'serviceUrl' | 'profileUrl' | 'limits'
>;

export type AccountRepository = ReturnType<typeof createAccountRepository>;

/** Accounts that posts can go to. Their credentials are kept apart (see credentials.ts). */
export function createAccountRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  function write(accountId: string, values: Partial<typeof account.$inferInsert>): void {
    const { changes } = orm.update(account).set(values).where(eq(account.accountId, accountId)).run();
    if (changes === 0) throw recordNotFound('This account', accountId);
  }

  const byId = orm
    .select()
    .from(account)
    .where(eq(account.accountId, sql.placeholder('accountId')))
    .prepare();

  function findEver(accountId: string): AccountRow | undefined {
    return byId.get({ accountId });
  }

  function find(accountId: string): Account | undefined {
    const row = findEver(accountId);
    return row?.disconnectedAt === null ? toAccount(row) : undefined;
  }

  return {
    /** Of those that are not disconnected. */
    find,

    /** @throws AppError `input.not-found` */
    get(accountId: string): Account {
      const found = find(accountId);
      if (found === undefined) throw recordNotFound('This account', accountId);
      return found;
    },

    /** Also one that was disconnected: for what was posted there. */
    findEver(accountId: string): Account | undefined {
      const row = findEver(accountId);
      return row && toAccount(row);
    },

    /** The row of the same account on its platform, connected or not. */
    findByIdentity({
      platform,
      remoteId,
    }: Pick<AccountRow, 'platform' | 'remoteId'>): AccountRow | undefined {
      return orm
        .select()
        .from(account)
        .where(and(eq(account.platform, platform), eq(account.remoteId, remoteId)))
        .get();
    },

    list(): Account[] {
      return orm
        .select()
        .from(account)
        .where(isNull(account.disconnectedAt))
        .orderBy(asc(account.connectedAt))
        .all()
        .map(toAccount);
    },

    /** Connects an account, or the one that is there already again: its posts then go on. */
    connect({
      accountId,
      ...added
    }: AccountIdentity & { accountId: string; name: string; settings: AccountSettings }): void {
      const at = now().toISOString();
      const values = {
        ...added,
        state: 'connected' as const,
        error: null,
        checkedAt: at,
        disconnectedAt: null,
      };
      orm
        .insert(account)
        .values({ ...values, accountId, connectedAt: at })
        .onConflictDoUpdate({ target: account.accountId, set: values })
        .run();
    },

    /** The platform has accepted the credentials, and said this of the account. */
    confirm(
      accountId: string,
      said: Partial<Pick<AccountRow, 'handle' | 'profileUrl' | 'limits'>> = {},
    ): void {
      write(accountId, { ...said, state: 'connected', error: null, checkedAt: now().toISOString() });
    },

    /** Its credentials are refused for good, or lost. */
    requireReconnect(accountId: string, error: AppErrorDto): void {
      write(accountId, { state: 'needs-reconnect', error });
    },

    change(
      accountId: string,
      values: Partial<Pick<AccountRow, 'name' | 'handle' | 'settings' | 'remoteId' | 'profileUrl'>>,
    ): void {
      write(accountId, values);
    },

    /** What was posted there still names it. */
    disconnect(accountId: string): void {
      write(accountId, { disconnectedAt: now().toISOString() });
    },
  };
}

function toAccount(row: AccountRow): Account {
  const { accountId, platform, name, handle, serviceUrl, profileUrl } = row;
  const { state, error, settings, limits, connectedAt, checkedAt } = row;
  return {
    accountId,
    platform,
    name,
    handle,
    serviceUrl,
    profileUrl,
    state,
    error,
    settings,
    limits,
    connectedAt,
    checkedAt,
  };
}
