import { AsyncEntry, findCredentialsAsync, type EntryOptions } from '@napi-rs/keyring';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * The system's own store of passwords: Keychain, Credential Manager, or the Secret Service of a Linux desktop. It is
 * another program, which may take its time or wait for the person, so nothing here holds a process up.
 */
export interface Keyring {
  /** Reads without putting a question before the person. */
  look(): Promise<KeyringLook>;
  /** Lets the system ask the person to unlock what holds this key. Resolves once that is answered, however. */
  askToUnlock(name: string): Promise<void>;
  /** Returns false where it could not be stored. The system may ask the person. */
  write(name: string, key: Buffer): Promise<boolean>;
  remove(name: string): Promise<void>;
}

/**
 * `locked`: there is one, and what is in it waits for the person. `unavailable`: there is none, or it cannot be reached
 * just now; says nothing about what is in it.
 */
export type KeyringLook =
  { state: 'open'; keys: ReadonlyMap<string, Buffer> } | { state: 'locked' } | { state: 'unavailable' };

const service = 'Longhand';
/** A service that hangs is as good as none. */
const patienceMs = 5000;

/**
 * On Linux the library would fall back to the kernel's keyring, which a restart empties: a key kept there is a key
 * lost. So the Secret Service is asked for by name.
 */
const options: EntryOptions = { linux: { store: 'secret-service' } };

export function createSystemKeyring(): Keyring {
  const entryOf = (name: string) => new AsyncEntry(service, name, options);
  let looking: Promise<KeyringLook> | undefined;
  let asking: Promise<void> | undefined;

  /** Searching unlocks nothing, and so asks nobody; reading an entry would. */
  async function search(): Promise<KeyringLook> {
    try {
      const found = await findCredentialsAsync(service);
      const keys = found.map(({ account, password }) => [account, Buffer.from(password, 'base64')] as const);
      return { state: 'open', keys: new Map(keys) };
    } catch (thrown) {
      // The library throws plain errors; only their text tells a locked store from a missing one.
      return { state: /locked/i.test(String(thrown)) ? 'locked' : 'unavailable' };
    }
  }

  function look(): Promise<KeyringLook> {
    looking ??= search().finally(() => {
      looking = undefined;
    });
    return Promise.race([looking, delay(patienceMs, { state: 'unavailable' } as const, { ref: false })]);
  }

  async function ask(name: string): Promise<void> {
    try {
      await entryOf(name).getPassword();
    } catch {
      return; // A no of the person, or no keyring: the next look tells.
    }
  }

  return {
    look,
    askToUnlock(name) {
      asking ??= ask(name).finally(() => {
        asking = undefined;
      });
      return asking;
    },
    async write(name, key) {
      try {
        await entryOf(name).setPassword(key.toString('base64'));
      } catch {
        return false; // A missing store, or a no of the person.
      }
      const kept = await look();
      return kept.state === 'open' && kept.keys.get(name)?.equals(key) === true;
    },
    async remove(name) {
      try {
        await entryOf(name).deletePassword();
      } catch {
        return; // What cannot be reached cannot be deleted; nothing is sealed with that key any more.
      }
    },
  };
}
