import { eq, lt } from 'drizzle-orm';
import type { LibraryDatabase } from './database.ts';
import { credential, pendingConnection, vault } from './schema/accounts.ts';

export type VaultRow = Omit<typeof vault.$inferSelect, 'vaultId' | 'createdAt'>;
export type CredentialRow = Pick<typeof credential.$inferSelect, 'accountId' | 'keyId' | 'sealed'>;
export type PendingConnectionRow = typeof pendingConnection.$inferSelect;

export type CredentialRepository = ReturnType<typeof createCredentialRepository>;

/** Secrets as they lie on disk: sealed. Only the vault (src-node/secrets) can open them. */
export function createCredentialRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  return {
    transaction: <Value>(work: () => Value): Value => database.transaction(work),

    /** Which key seals the credentials, and where that is kept; undefined before the first credential. */
    findVault(): VaultRow | undefined {
      return orm.select().from(vault).where(eq(vault.vaultId, 1)).get();
    },

    setVault(row: VaultRow): void {
      orm
        .insert(vault)
        .values({ vaultId: 1, ...row, createdAt: now().toISOString() })
        .onConflictDoUpdate({ target: vault.vaultId, set: { ...row, createdAt: now().toISOString() } })
        .run();
    },

    /** Forgets the key's description together with everything it sealed. */
    clear(): void {
      database.transaction(() => {
        orm.delete(credential).run();
        orm.delete(pendingConnection).run();
        orm.delete(vault).run();
      });
    },

    find(accountId: string): CredentialRow | undefined {
      return orm.select().from(credential).where(eq(credential.accountId, accountId)).get();
    },

    list(): CredentialRow[] {
      return orm.select().from(credential).all();
    },

    save(row: CredentialRow): void {
      const values = { ...row, updatedAt: now().toISOString() };
      orm
        .insert(credential)
        .values(values)
        .onConflictDoUpdate({ target: credential.accountId, set: values })
        .run();
    },

    remove(accountId: string): void {
      orm.delete(credential).where(eq(credential.accountId, accountId)).run();
    },

    /** A connection that waits for the person's code. Expired ones go. */
    addPending(row: PendingConnectionRow): void {
      orm.delete(pendingConnection).where(lt(pendingConnection.expiresAt, now().toISOString())).run();
      orm.insert(pendingConnection).values(row).run();
    },

    findPending(connectionId: string): PendingConnectionRow | undefined {
      const row = orm
        .select()
        .from(pendingConnection)
        .where(eq(pendingConnection.connectionId, connectionId))
        .get();
      return row !== undefined && row.expiresAt > now().toISOString() ? row : undefined;
    },

    removePending(connectionId: string): void {
      orm.delete(pendingConnection).where(eq(pendingConnection.connectionId, connectionId)).run();
    },
  };
}
