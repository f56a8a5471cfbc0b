import type { VaultState } from '../../src-shared/domain/account.ts';

/** How the vault stands and what can be done, in plain sentences. */
export function describeVault(vault: Omit<VaultState, 'message'>): string {
  switch (vault.state) {
    case 'not-set-up':
      return vault.isKeyringAvailable
        ? 'Credentials will be kept encrypted, with their key in the system keyring.'
        : 'This computer has no system keyring that can be used. Choose how credentials are kept: behind a passphrase that you give after each start, or for this run only.';
    case 'unlocked':
      return describeUnlocked(vault);
    case 'locked':
      return vault.protection === 'passphrase'
        ? 'The credentials are locked. Give the passphrase, and posts that wait go on.'
        : 'The system keyring cannot be reached just now. Sign in to your desktop or unlock it, and posts that wait go on. Nothing is lost.';
    case 'lost':
      return vault.protection === 'this-run'
        ? 'Credentials were kept for one run only, and that has ended. Connect each account again.'
        : 'The key of the credentials is not in the system keyring any more, so they cannot be read. Restore the keyring, or start over and connect each account again. Posts that wait are kept.';
  }
}

function describeUnlocked({ protection, isKeyringAvailable }: Omit<VaultState, 'message'>): string {
  switch (protection) {
    case 'keyring':
      return 'Credentials are kept encrypted, with their key in the system keyring.';
    case 'passphrase':
      return 'Credentials are kept encrypted behind your passphrase, unlocked until Longhand is closed. After each start posts wait until it is given.';
    case 'this-run':
    case null:
      return `Credentials are kept in memory and are gone when Longhand is closed.${isKeyringAvailable ? ' A system keyring is there and would keep them.' : ' Choose a passphrase to keep them.'}`;
  }
}
