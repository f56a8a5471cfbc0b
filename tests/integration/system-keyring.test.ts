import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireNativePart } from '../../src-node/native-parts.ts';
import { findOnPath } from '../fixtures/find-media-tools.ts';

const program = join(import.meta.dirname, '..', 'fixtures', 'keyring-steps.ts');
const isThere = ['dbus-run-session', 'gnome-keyring-daemon'].every((name) => findOnPath(name) !== null);

/** The Secret Service of GNOME itself, in a session of its own: no keyring of a person is touched. */
describe.skipIf(!isThere)('the keyring of the system', () => {
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'longhand-keyring-'));
  });

  afterAll(() => rm(home, { recursive: true, force: true }));

  /** What each step gave, and whether a question was about to be put before the person. */
  async function inSession(daemon: string, ...steps: string[]) {
    const { stdout, stderr } = await execa(
      'dbus-run-session',
      [
        ...['--', 'sh', '-c', `${daemon} >/dev/null; exec "$0" "$@"`],
        ...[requireNativePart('node').path, program, ...steps],
      ],
      { env: { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: home, DISPLAY: '' } },
    );
    const results = stdout.split('\n').map((line) => JSON.parse(line) as [string, unknown]);
    return { results: results.map(([, result]) => result), isAsked: stderr.includes('SystemPrompter') };
  }

  const unlocked = 'printf secret | gnome-keyring-daemon --unlock --components=secrets';
  const locked = 'gnome-keyring-daemon --start --components=secrets';

  it('keeps a key from one session to the next', async () => {
    const first = await inSession(unlocked, 'look', 'write', 'look');
    expect(first).toEqual({ results: ['open, without the key', true, 'open, with the key'], isAsked: false });
    expect((await inSession(unlocked, 'look')).results).toEqual(['open, with the key']);
  });

  it('is locked, not empty, in a session that nobody unlocked; looking asks nobody, and asking holds nothing up', async () => {
    expect(await inSession(locked, 'look', 'look')).toEqual({
      results: ['locked', 'locked'],
      isAsked: false,
    });
    const asked = await inSession(locked, 'ask', 'look');
    expect(asked).toEqual({ results: ['others went on meanwhile', 'locked'], isAsked: true });
    expect((await inSession(unlocked, 'look', 'remove', 'look')).results).toEqual([
      'open, with the key',
      'removed',
      'open, without the key',
    ]);
  });

  it('is unavailable where there is no session', async () => {
    const { stdout } = await execa(requireNativePart('node').path, [program, 'look', 'write'], {
      env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    });
    expect(stdout).toBe('["look","unavailable"]\n["write",false]');
  });
});
