import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

/** A folder `/etc` of its own, whose zone can be changed: only where the system lets a test have one. */
const inPlaceOfItsOwn = ['--map-root-user', '--mount', 'sh', '-c'] as const;
const canChangeZone =
  process.platform === 'linux' &&
  spawnSync('unshare', [...inPlaceOfItsOwn, 'mount --bind /tmp /mnt']).status === 0;

it.runIf(canChangeZone)('a program that runs on is in the zone to which the computer was taken', () => {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-zone-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const etc = join(folder, 'etc');
  mkdirSync(etc);
  const program = `
    import { spawnSync } from 'node:child_process';
    import { rereadZone } from '${join(import.meta.dirname, '../../src-node/reread-zone.ts')}';
    const moveTo = (zone) => spawnSync('ln', ['-sfn', '/usr/share/zoneinfo/' + zone, '/etc/localtime']);
    const said = [];
    for (const zone of ['Asia/Tokyo', 'America/New_York']) {
      moveTo(zone);
      rereadZone();
      said.push(new Intl.DateTimeFormat().resolvedOptions().timeZone, new Date(0).getTimezoneOffset());
    }
    process.env.TZ = 'Europe/Berlin';
    rereadZone();
    said.push(process.env.TZ);
    process.stdout.write(JSON.stringify(said));
  `;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'TZ'));
  const { stdout, stderr } = spawnSync(
    'unshare',
    [
      ...inPlaceOfItsOwn,
      'mount --bind "$1" /etc && exec "$2" --input-type=module -e "$3"',
      'sh',
      etc,
      process.execPath,
      program,
    ],
    { env, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(['Asia/Tokyo', -540, 'America/New_York', 300, 'Europe/Berlin']);
});
