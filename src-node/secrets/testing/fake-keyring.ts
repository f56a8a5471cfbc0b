import type { Keyring, KeyringLook } from '../keyring.ts';

type FakeKeyring = Keyring & {
  entries: Map<string, Buffer>;
  state: KeyringLook['state'];
  /** How often the person was asked to unlock it. */
  askedCount: number;
};

/** A keyring that keeps what it is given, and can be locked, taken away or emptied. */
export function makeKeyring(): FakeKeyring {
  const entries = new Map<string, Buffer>();
  const keyring: FakeKeyring = {
    entries,
    state: 'open',
    askedCount: 0,
    look() {
      const { state } = keyring;
      return Promise.resolve(state === 'open' ? { state, keys: new Map(entries) } : { state });
    },
    askToUnlock() {
      keyring.askedCount += 1;
      return Promise.resolve();
    },
    write(name, key) {
      if (keyring.state === 'open') entries.set(name, key);
      return Promise.resolve(keyring.state === 'open');
    },
    remove(name) {
      entries.delete(name);
      return Promise.resolve();
    },
  };
  return keyring;
}
