import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { requireNativePart } from '../../../src-node/native-parts.ts';
import { projectFolder } from './sandbox.ts';

const run = promisify(execFile);
/** A run that finds everything must not start the background build of Ollama. */
const env = { ...process.env, LONGHAND_OLLAMA: 'none' };

/** Runs a command where there is no network but loopback; needs the right to make namespaces. */
const withoutNetwork = ['--map-root-user', '--net', '--', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh'];
const canCutTheNetwork = spawnSync('unshare', [...withoutNetwork, 'true']).status === 0;

const script = (name: string): string => join(projectFolder, 'scripts', name);

describe('a start where everything was prepared', () => {
  it.skipIf(!canCutTheNetwork)('needs no network', async () => {
    const reachable = `fetch('http://1.1.1.1', { signal: AbortSignal.timeout(2000) }).then(() => 'yes', () => 'no')`;
    const probe = await run('unshare', [
      ...withoutNetwork,
      process.execPath,
      '-p',
      `process.exitCode = 0; ${reachable}.then(console.log); 'asked'`,
    ]);
    expect(probe.stdout).toContain('no');

    const { stdout } = await run(
      'unshare',
      [...withoutNetwork, process.execPath, script('longhand.mjs'), '--version'],
      { env },
    );
    expect(stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('the doctor', () => {
  it('runs every part and tells what it is and where it came from', async () => {
    const { stdout } = await run(process.execPath, [script('doctor.mjs'), '--json'], { env });
    const findings = JSON.parse(stdout) as { name: string; state: string; path: string | null }[];
    const ffmpeg = findings.find(({ name }) => name === 'ffmpeg');
    expect(ffmpeg).toMatchObject({ state: 'works', path: requireNativePart('ffmpeg').path });
    expect(findings.find(({ name }) => name === 'ollama')?.state).not.toBe('broken');
  });

  it('names a broken part, says how to mend it, and ends with 1', async () => {
    const broken = { ...env, LONGHAND_FFMPEG: join(projectFolder, 'package.json') };
    const failure: unknown = await run(process.execPath, [script('doctor.mjs'), '--json'], {
      env: broken,
    }).catch((thrown: unknown) => thrown);
    const { code, stdout } = failure as { code: number; stdout: string };
    expect(code).toBe(1);
    const findings = JSON.parse(stdout) as { name: string; state: string; mend: string }[];
    expect(findings.find(({ name }) => name === 'ffmpeg')).toMatchObject({
      state: 'broken',
      mend: expect.stringContaining('LONGHAND_FFMPEG') as string,
    });
  });
});
