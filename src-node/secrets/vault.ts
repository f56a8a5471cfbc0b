import { randomBytes, randomUUID } from 'node:crypto';
import type { VaultProtection, VaultState } from '../../src-shared/domain/account.ts';
import type { Keyring } from './keyring.ts';
import type { RunKeys } from './run-keys.ts';
import { deriveKey, keyBytes, seal, unseal } from './seal.ts';
import {
  credentialsLocked,
  credentialsLost,
  credentialsNotSetUp,
  keyringUnavailable,
  wrongPassphrase,
} from './vault-errors.ts';
import { describeVault } from './vault-messages.ts';

export interface VaultDescription {
  keyId: string;
  protection: VaultProtection;
  salt: Buffer | null;
  wrappedKey: Buffer | null;
}

export interface SealedCredential {
  accountId: string;
  keyId: string;
  sealed: Buffer;
}

/** Where the sealed secrets lie (src-data/credentials.ts). */
export interface VaultStore {
  transaction<Value>(work: () => Value): Value;
  findVault(): VaultDescription | undefined;
  setVault(description: VaultDescription): void;
  clear(): void;
  find(accountId: string): SealedCredential | undefined;
  list(): SealedCredential[];
  save(credential: SealedCredential): void;
}

export interface VaultOptions {
  store: VaultStore;
  keyring: Keyring;
  runKeys: RunKeys;
}

export type Vault = ReturnType<typeof createVault>;

type Opened = { state: 'unlocked'; key: Buffer; keyId: string } | { state: 'not-set-up' | 'locked' | 'lost' };

/**
 * Keeps the secrets of accounts: sealed in the database, with a key that is not in it. Api and worker each have one over
 * the same rows; which key is right, the database says.
 */
export function createVault({ store, keyring, runKeys }: VaultOptions) {
  /** Asking the keyring takes a call to another program; the key of an id never changes. */
  let known: { keyId: string; key: Buffer } | undefined;

  function open(): Opened {
    const description = store.findVault();
    if (description === undefined) return { state: 'not-set-up' };
    const { keyId, protection } = description;
    if (known?.keyId === keyId) return { state: 'unlocked', ...known };
    const found = protection === 'keyring' ? keyring.read(keyId) : readRunKey(keyId, protection);
    if (found.state === 'unavailable') return { state: 'locked' };
    if (found.state === 'absent') return { state: 'lost' };
    known = { keyId, key: found.key };
    return { state: 'unlocked', ...known };
  }

  function readRunKey(keyId: string, protection: VaultProtection): ReturnType<Keyring['read']> {
    const key = runKeys.read(keyId);
    if (key !== undefined) return { state: 'found', key };
    return protection === 'passphrase' ? { state: 'unavailable' } : { state: 'absent' };
  }

  /** @throws AppError `credentials.*` */
  function requireKey(accountId: string | null): { key: Buffer; keyId: string } {
    const opened = open();
    switch (opened.state) {
      case 'unlocked':
        return opened;
      case 'not-set-up':
        if (accountId !== null) throw credentialsLost(accountId);
        throw credentialsNotSetUp();
      case 'locked':
        throw credentialsLocked();
      case 'lost':
        throw credentialsLost(accountId);
    }
  }

  /** Makes a key and says where it is kept; nothing is written to the database yet. */
  async function makeKey(protection: VaultProtection, passphrase: string | undefined) {
    const keyId = randomUUID();
    const key = randomBytes(keyBytes);
    if (protection === 'keyring' && !keyring.write(keyId, key)) throw keyringUnavailable();
    if (protection !== 'passphrase') {
      return { key, description: { keyId, protection, salt: null, wrappedKey: null } };
    }
    const salt = randomBytes(16);
    const wrappedKey = seal(await deriveKey(passphrase ?? '', salt), keyId, key);
    return { key, description: { keyId, protection, salt, wrappedKey } };
  }

  function use({ key, description }: { key: Buffer; description: VaultDescription }): void {
    known = { keyId: description.keyId, key };
    if (description.protection === 'keyring') runKeys.forget();
    else runKeys.keep(description.keyId, key);
  }

  /** @throws AppError `credentials.*` */
  function save(accountId: string, secrets: Readonly<Record<string, unknown>>): void {
    const { key, keyId } = requireKey(null);
    const sealed = seal(key, purposeOf(accountId), Buffer.from(JSON.stringify(secrets)));
    store.save({ accountId, keyId, sealed });
  }

  function readState(): VaultState {
    const protection = store.findVault()?.protection ?? null;
    const isKeyringAvailable = keyring.isAvailable();
    const { state } = open();
    return {
      state,
      protection,
      isKeyringAvailable,
      message: describeVault({ state, protection, isKeyringAvailable }),
    };
  }

  return {
    readState,

    /**
     * Whether the keyring gives the key of the credentials now. Asked there, since what this process remembers another
     * may not have yet. False where the key is kept elsewhere.
     */
    isKeyInKeyring(): boolean {
      const description = store.findVault();
      return description?.protection === 'keyring' && keyring.read(description.keyId).state === 'found';
    },

    /** In which words it will be told once what is under way is recorded. */
    describe(state: VaultState['state'], protection: VaultProtection): VaultState {
      const isKeyringAvailable = keyring.isAvailable();
      const message = describeVault({ state, protection, isKeyringAvailable });
      return { state, protection, isKeyringAvailable, message };
    },

    /** The secrets of an account. @throws AppError `credentials.locked` or `credentials.lost` */
    read(accountId: string): Record<string, unknown> {
      const { key } = requireKey(accountId);
      const row = store.find(accountId);
      const plain = row && unseal(key, purposeOf(accountId), row.sealed);
      if (plain === undefined) throw credentialsLost(accountId);
      return JSON.parse(plain.toString('utf8')) as Record<string, unknown>;
    },

    /** Makes sure that there is a key, in the keyring where there is one. @throws AppError `credentials.*` */
    async prepare(): Promise<void> {
      if (open().state !== 'not-set-up') {
        requireKey(null);
        return;
      }
      if (!keyring.isAvailable()) throw credentialsNotSetUp();
      const made = await makeKey('keyring', undefined);
      store.transaction(() => store.setVault(made.description));
      use(made);
    },

    save,

    /** A session was renewed. Not for an account that was disconnected meanwhile. @throws AppError `credentials.*` */
    renew(accountId: string, secrets: Readonly<Record<string, unknown>>): void {
      store.transaction(() => {
        if (store.find(accountId) !== undefined) save(accountId, secrets);
      });
    },

    /** For what must wait for the person a while. @throws AppError `credentials.*` */
    sealFor(purpose: string, secrets: Readonly<Record<string, unknown>>): Buffer {
      return seal(requireKey(null).key, purpose, Buffer.from(JSON.stringify(secrets)));
    },

    /** Undefined where it was sealed with another key. @throws AppError `credentials.*` */
    unsealFor(purpose: string, sealed: Buffer): Record<string, unknown> | undefined {
      const plain = unseal(requireKey(null).key, purpose, sealed);
      return plain && (JSON.parse(plain.toString('utf8')) as Record<string, unknown>);
    },

    /**
     * Gives all credentials a new key, kept as `protection` says: the first choice, a change of it, a new passphrase, or
     * a change of keys. Returns what is to be done inside a transaction. The old key is good until that has happened.
     * @throws AppError `credentials.locked`, `credentials.lost`, `dependency.keyring-unavailable`
     */
    async protect(
      protection: VaultProtection,
      passphrase?: string,
    ): Promise<() => { afterCommit: () => void }> {
      const before = store.findVault();
      if (before !== undefined) requireKey(null);
      const made = await makeKey(protection, passphrase);
      return () => {
        const old = before && requireKey(null);
        for (const row of store.list()) {
          const plain = old && unseal(old.key, purposeOf(row.accountId), row.sealed);
          if (plain === undefined) continue;
          const { keyId } = made.description;
          store.save({
            accountId: row.accountId,
            keyId,
            sealed: seal(made.key, purposeOf(row.accountId), plain),
          });
        }
        store.setVault(made.description);
        return {
          afterCommit() {
            use(made);
            if (before?.protection === 'keyring') keyring.remove(before.keyId);
          },
        };
      };
    },

    /** @throws AppError `credentials.wrong-passphrase`, `credentials.not-set-up` */
    async unlock(passphrase: string): Promise<void> {
      const description = store.findVault();
      if (description?.salt == null || description.wrappedKey === null) throw credentialsNotSetUp();
      const wrapKey = await deriveKey(passphrase, description.salt);
      const key = unseal(wrapKey, description.keyId, description.wrappedKey);
      if (key === undefined) throw wrongPassphrase();
      use({ key, description });
    },

    /** Forgets everything that was sealed, inside a transaction. Returns whose credentials are gone. */
    reset(): string[] {
      const accountIds = store.list().map(({ accountId }) => accountId);
      store.clear();
      known = undefined;
      return accountIds;
    },

    forgetRunKey: () => runKeys.forget(),
  };
}

function purposeOf(accountId: string): string {
  return `credential:${accountId}`;
}
