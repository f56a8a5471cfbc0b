import { Entry, type EntryOptions } from '@napi-rs/keyring';

/** The system's own store of passwords: Keychain, Credential Manager, or the Secret Service of a Linux desktop. */
export interface Keyring {
  /** `unavailable`: there is none, or it cannot be reached just now; says nothing about what is in it. */
  read(name: string): { state: 'found'; key: Buffer } | { state: 'absent' } | { state: 'unavailable' };
  /** Returns false where it could not be stored. */
  write(name: string, key: Buffer): boolean;
  remove(name: string): void;
  isAvailable(): boolean;
}

const service = 'Longhand';
const probeName = 'probe';
/** Asking takes calls to another program, and a window asks often. */
const probeAgainAfterMs = 30_000;

/**
 * On Linux the library would fall back to the kernel's keyring, which a restart empties: a key kept there is a key
 * lost. So the Secret Service is asked for by name.
 */
const options: EntryOptions = { linux: { store: 'secret-service' } };

export function createSystemKeyring(): Keyring {
  let probed: { isThere: boolean; atMs: number } | undefined;
  const entryOf = (name: string) => new Entry(service, name, options);

  function read(name: string): ReturnType<Keyring['read']> {
    try {
      const text = entryOf(name).getPassword();
      return text === null ? { state: 'absent' } : { state: 'found', key: Buffer.from(text, 'base64') };
    } catch {
      return { state: 'unavailable' }; // The library throws for a missing or locked store, with text only.
    }
  }

  function write(name: string, key: Buffer): boolean {
    try {
      entryOf(name).setPassword(key.toString('base64'));
    } catch {
      return false; // As above.
    }
    const kept = read(name);
    return kept.state === 'found' && kept.key.equals(key);
  }

  function remove(name: string): void {
    try {
      entryOf(name).deletePassword();
    } catch {
      return; // What cannot be reached cannot be deleted; nothing is sealed with that key any more.
    }
  }

  return {
    read,
    write,
    remove,
    isAvailable() {
      if (probed !== undefined && Date.now() - probed.atMs < probeAgainAfterMs) return probed.isThere;
      const isThere = write(probeName, Buffer.from('longhand'));
      if (isThere) remove(probeName);
      probed = { isThere, atMs: Date.now() };
      return isThere;
    },
  };
}
