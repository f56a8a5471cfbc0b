import type { Keyring } from '../keyring.ts';

export type FakeKeyring = Keyring & { entries: Map<string, Buffer>; isThere: boolean };

/** A keyring that keeps what it is given, and can be taken away or emptied. */
export function makeKeyring(): FakeKeyring {
  const entries = new Map<string, Buffer>();
  const keyring = {
    entries,
    isThere: true,
    isAvailable: () => keyring.isThere,
    read(name: string): ReturnType<Keyring['read']> {
      if (!keyring.isThere) return { state: 'unavailable' };
      const key = entries.get(name);
      return key === undefined ? { state: 'absent' } : { state: 'found', key };
    },
    write(name: string, key: Buffer) {
      if (keyring.isThere) entries.set(name, key);
      return keyring.isThere;
    },
    remove: (name: string) => void entries.delete(name),
  };
  return keyring;
}
