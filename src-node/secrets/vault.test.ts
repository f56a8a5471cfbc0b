import { describe, expect, it } from 'vitest';
import { blueskyLimits } from '../../src-connectors/bluesky/shared/bluesky-limits.ts';
import { createAccountRepository } from '../../src-data/accounts.ts';
import { createCredentialRepository } from '../../src-data/credentials.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { makeLibrary, makeLibraryPlace } from '../../src-data/testing/temporary-library.ts';
import type { Keyring } from './keyring.ts';
import { makeKeyring } from './testing/fake-keyring.ts';
import { createRunKeys } from './run-keys.ts';
import { createVault } from './vault.ts';

const accountIds = ['0b0f4dc5-7f1f-4f0a-8d52-0f2a44f3a001', '0b0f4dc5-7f1f-4f0a-8d52-0f2a44f3a002'] as const;
const [alice, bob] = accountIds;

function makePlace() {
  const place = makeLibraryPlace();
  const database = makeLibrary(place);
  const accounts = createAccountRepository(database);
  for (const accountId of accountIds) {
    accounts.connect({
      accountId,
      platform: 'bluesky',
      name: accountId,
      handle: accountId,
      remoteId: accountId,
      serviceUrl: null,
      profileUrl: null,
      limits: blueskyLimits,
      settings: { platform: 'bluesky' },
    });
  }
  return { folder: place.folder, database };
}

function openVault(
  { folder, database }: { folder: string; database: LibraryDatabase },
  keyring: Keyring,
  runSecret = 'secret of this run',
) {
  return createVault({
    store: createCredentialRepository(database),
    keyring,
    runKeys: createRunKeys(folder, runSecret),
  });
}

describe('the vault', () => {
  it('keeps the key in the keyring, so that another process and the next run can read', async () => {
    const place = makePlace();
    const keyring = makeKeyring();
    const vault = openVault(place, keyring);
    expect((await vault.readState()).state).toBe('not-set-up');
    await vault.prepare();
    vault.save(alice, { token: 'a' });
    expect(await openVault(place, keyring, 'another run').read(alice)).toEqual({ token: 'a' });
  });

  it('leaves no secret readable in the database', async () => {
    const place = makePlace();
    const vault = openVault(place, makeKeyring());
    await vault.prepare();
    vault.save(alice, { token: 'very-secret-token' });
    const { sealed } = createCredentialRepository(place.database).find(alice) ?? {};
    expect(sealed?.includes('very-secret')).toBe(false);
  });

  it('does not take the secret of one account for that of another', async () => {
    const place = makePlace();
    const vault = openVault(place, makeKeyring());
    await vault.prepare();
    vault.save(alice, { token: 'a' });
    const rows = createCredentialRepository(place.database);
    const stolen = rows.find(alice);
    if (stolen === undefined) throw new Error('not saved');
    rows.save({ ...stolen, accountId: bob });
    await expect(vault.read(bob)).rejects.toMatchObject({ code: 'credentials.lost' });
  });

  it('says that a choice is needed where there is no keyring, and saves nothing', async () => {
    const place = makePlace();
    const keyring = makeKeyring();
    keyring.state = 'unavailable';
    const vault = openVault(place, keyring);
    await expect(vault.prepare()).rejects.toMatchObject({ code: 'credentials.not-set-up' });
    expect(await vault.readState()).toMatchObject({ state: 'not-set-up', isKeyringAvailable: false });
  });

  it('is locked, not lost, while the keyring cannot be reached', async () => {
    const place = makePlace();
    const keyring = makeKeyring();
    const vault = openVault(place, keyring);
    await vault.prepare();
    vault.save(alice, { token: 'a' });
    keyring.state = 'unavailable';
    const later = openVault(place, keyring);
    expect((await later.readState()).state).toBe('locked');
    await expect(later.read(alice)).rejects.toMatchObject({ code: 'credentials.locked' });
    keyring.state = 'open';
    expect(await later.read(alice)).toEqual({ token: 'a' });
  });

  it('is lost when the keyring has forgotten the key, and works again once it was started anew', async () => {
    const place = makePlace();
    const keyring = makeKeyring();
    const vault = openVault(place, keyring);
    await vault.prepare();
    vault.save(alice, { token: 'a' });
    keyring.entries.clear();
    const later = openVault(place, keyring);
    expect(await later.readState()).toMatchObject({ state: 'lost' });
    await expect(later.read(alice)).rejects.toMatchObject({ code: 'credentials.lost' });
    expect(later.reset()).toEqual([alice]);
    await later.prepare();
    later.save(alice, { token: 'b' });
    expect(await later.read(alice)).toEqual({ token: 'b' });
  });

  it('is unlocked by the passphrase for every process of the run, and locked in the next run', async () => {
    const place = makePlace();
    const keyring = makeKeyring();
    keyring.state = 'unavailable';
    const vault = openVault(place, keyring);
    (await vault.protect('passphrase', 'correct horse'))().afterCommit();
    vault.save(alice, { token: 'a' });
    const worker = openVault(place, keyring);
    expect(await worker.read(alice)).toEqual({ token: 'a' });

    const nextRun = openVault(place, keyring, 'secret of the next run');
    expect((await nextRun.readState()).state).toBe('locked');
    await expect(nextRun.unlock('wrong horse')).rejects.toMatchObject({
      code: 'credentials.wrong-passphrase',
    });
    await expect(nextRun.read(alice)).rejects.toMatchObject({ code: 'credentials.locked' });
    await nextRun.unlock('correct horse');
    expect(await nextRun.read(alice)).toEqual({ token: 'a' });
  });

  it('keeps credentials for one run only where that was chosen', async () => {
    const place = makePlace();
    const keyring = makeKeyring();
    keyring.state = 'unavailable';
    const vault = openVault(place, keyring);
    (await vault.protect('this-run'))().afterCommit();
    vault.save(alice, { token: 'a' });
    expect(await openVault(place, keyring).read(alice)).toEqual({ token: 'a' });
    expect((await openVault(place, keyring, 'next run').readState()).state).toBe('lost');
  });

  it('changes keys under another process without losing a credential', async () => {
    const place = makePlace();
    const keyring = makeKeyring();
    const api = openVault(place, keyring);
    const worker = openVault(place, keyring);
    await api.prepare();
    api.save(alice, { token: 'a' });
    api.save(bob, { token: 'b' });
    expect(await worker.read(alice)).toEqual({ token: 'a' });
    (await api.protect('keyring'))().afterCommit();
    expect(await worker.read(alice)).toEqual({ token: 'a' });
    expect(await worker.read(bob)).toEqual({ token: 'b' });
    expect(keyring.entries.size).toBe(1);
    (await api.protect('passphrase', 'a new passphrase'))().afterCommit();
    expect(await worker.read(bob)).toEqual({ token: 'b' });
    expect(keyring.entries.size).toBe(0);
  });

  it('keeps the old key until the new one is recorded', async () => {
    const place = makePlace();
    const keyring = makeKeyring();
    const vault = openVault(place, keyring);
    await vault.prepare();
    vault.save(alice, { token: 'a' });
    await vault.protect('keyring');
    expect(await openVault(place, keyring).read(alice)).toEqual({ token: 'a' });
  });
});

describe('a keyring that is locked', () => {
  async function makeLocked() {
    const place = makePlace();
    const keyring = makeKeyring();
    const before = openVault(place, keyring);
    await before.prepare();
    before.save(alice, { token: 'a' });
    keyring.state = 'locked';
    return { keyring, vault: openVault(place, keyring) };
  }

  it('is never unlocked by looking: nobody is asked while a window or a post looks', async () => {
    const { keyring, vault } = await makeLocked();
    expect(await vault.readState()).toMatchObject({ state: 'locked', isKeyringAvailable: true });
    await expect(vault.read(alice)).rejects.toMatchObject({ code: 'credentials.locked' });
    expect(await vault.isKeyInKeyring()).toBe(false);
    expect(keyring.askedCount).toBe(0);
  });

  it('is asked for once where the person does something that needs it, and a no leaves all as it is', async () => {
    const { keyring, vault } = await makeLocked();
    await expect(vault.prepare()).rejects.toMatchObject({ code: 'credentials.locked' });
    expect(keyring.askedCount).toBe(1);
    keyring.askToUnlock = () => {
      keyring.state = 'open';
      return Promise.resolve();
    };
    await vault.prepare();
    expect(await vault.read(alice)).toEqual({ token: 'a' });
  });
});
