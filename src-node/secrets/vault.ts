import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { VaultProtection, VaultState } from '../../src-shared/domain/account.ts';
import type { Keyring, KeyringLook } from './keyring.ts';
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

/** The person is asked by the system and may take this long before whoever waits is told. */
const askPatienceMs = 40_000;
/** Looking takes calls to another program, and a window asks often. */
const lookAgainAfterMs = 30_000;

/**
 * Keeps the secrets of accounts: sealed in the database, with a key that is not in it. Api and worker each have one over
 * the same rows; which key is right, the database says.
 */
export function createVault({ store, keyring, runKeys }: VaultOptions) {
  /** The key of an id never changes. */
  let known: { keyId: string; key: Buffer } | undefined;
  let looked: { at: KeyringLook; atMs: number } | undefined;

  /** With what is known by now: {@link load} asks the keyring. */
  function open(): Opened {
    const description = store.findVault();
    if (description === undefined) return { state: 'not-set-up' };
    const { keyId, protection } = description;
    if (known?.keyId === keyId) return { state: 'unlocked', ...known };
    if (protection === 'keyring') return { state: looked?.at.state === 'open' ? 'lost' : 'locked' };
    const key = runKeys.read(keyId);
    if (key === undefined) return { state: protection === 'passphrase' ? 'locked' : 'lost' };
    known = { keyId, key };
    return { state: 'unlocked', ...known };
  }

  async function look(): Promise<void> {
    const at = await keyring.look();
    looked = { at, atMs: Date.now() };
    const description = store.findVault();
    if (description?.protection !== 'keyring' || at.state !== 'open') return;
    const key = at.keys.get(description.keyId);
    if (key !== undefined) known = { keyId: description.keyId, key };
  }

  /** Gets the key from the keyring where it is kept there and not known yet. Nobody is asked anything. */
  async function load(): Promise<void> {
    const description = store.findVault();
    if (description?.protection === 'keyring' && known?.keyId !== description.keyId) await look();
  }

  /** As {@link load}; where the keyring is locked, the system asks the person once. */
  async function loadAsking(): Promise<void> {
    await load();
    const description = store.findVault();
    if (description?.protection !== 'keyring' || looked?.at.state !== 'locked') return;
    if (known?.keyId === description.keyId) return;
    await Promise.race([
      keyring.askToUnlock(description.keyId),
      delay(askPatienceMs, undefined, { ref: false }),
    ]);
    await look();
  }

  const isKeyringThere = (): boolean => looked !== undefined && looked.at.state !== 'unavailable';

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
    if (protection === 'keyring' && !(await keyring.write(keyId, key))) throw keyringUnavailable();
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

  /** In which words it will be told once what is under way is recorded; with what is known by now. */
  function describe(state: VaultState['state'], protection: VaultProtection | null): VaultState {
    const isKeyringAvailable = isKeyringThere();
    const message = describeVault({ state, protection, isKeyringAvailable });
    return { state, protection, isKeyringAvailable, message };
  }

  return {
    load,
    loadAsking,
    describe,

    async readState(): Promise<VaultState> {
      await load();
      if (looked === undefined || Date.now() - looked.atMs > lookAgainAfterMs) await look();
      return describe(open().state, store.findVault()?.protection ?? null);
    },

    /** Whether secrets were kept for one run only, and that has ended. */
    isRunOver: (): boolean => store.findVault()?.protection === 'this-run' && open().state === 'lost',

    /**
     * Whether the keyring gives the key of the credentials now. Asked there, since what this process remembers another
     * may not have yet. False where the key is kept elsewhere.
     */
    async isKeyInKeyring(): Promise<boolean> {
      const description = store.findVault();
      if (description?.protection !== 'keyring') return false;
      await look();
      return looked?.at.state === 'open' && looked.at.keys.has(description.keyId);
    },

    /** The secrets of an account. @throws AppError `credentials.locked` or `credentials.lost` */
    async read(accountId: string): Promise<Record<string, unknown>> {
      await load();
      const { key } = requireKey(accountId);
      const row = store.find(accountId);
      const plain = row && unseal(key, purposeOf(accountId), row.sealed);
      if (plain === undefined) throw credentialsLost(accountId);
      return JSON.parse(plain.toString('utf8')) as Record<string, unknown>;
    },

    /** Makes sure that there is a key, in the keyring where there is one. @throws AppError `credentials.*` */
    async prepare(): Promise<void> {
      await loadAsking();
      if (open().state !== 'not-set-up') {
        requireKey(null);
        return;
      }
      await look();
      if (!isKeyringThere()) throw credentialsNotSetUp();
      const made = await makeKey('keyring', undefined);
      store.transaction(() => store.setVault(made.description));
      use(made);
    },

    save,

    /** A session was renewed. Not for an account that was disconnected meanwhile. @throws AppError `credentials.*` */
    async renew(accountId: string, secrets: Readonly<Record<string, unknown>>): Promise<void> {
      await load();
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
      await loadAsking();
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
            // It never rejects, and nothing waits for it: no credential is sealed with that key any more.
            if (before?.protection === 'keyring') void keyring.remove(before.keyId);
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
