import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../src-shared/domain/errors.ts';
import { nativePartCacheFolder, requireNativePart, resolveNativePart } from './native-parts.ts';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longhand-parts-'));
  env = { XDG_CACHE_HOME: join(folder, 'cache'), LONGHAND_RESOURCES: join(folder, 'resources') };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = 'x'): string {
  const full = join(folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, text);
  return full;
}

function writeManifest(base: 'cache/longhand' | 'resources', path: string, version: string): void {
  write(`${base}/parts/ffmpeg.json`, JSON.stringify({ name: 'ffmpeg', path, version, source: 'official' }));
}

describe('resolveNativePart', () => {
  it('finds nothing where nothing is', () => {
    expect(resolveNativePart('ffmpeg', env)).toBeUndefined();
  });

  it('prefers the environment to the package, and the package to the cache', () => {
    writeManifest('cache/longhand', write('cached-ffmpeg'), '1');
    expect(resolveNativePart('ffmpeg', env)).toMatchObject({ version: '1', source: 'official' });

    writeManifest('resources', write('packaged-ffmpeg'), '2');
    expect(resolveNativePart('ffmpeg', env)).toMatchObject({ version: '2', source: 'packaged' });

    env['LONGHAND_FFMPEG'] = write('my-ffmpeg');
    expect(resolveNativePart('ffmpeg', env)).toEqual({
      name: 'ffmpeg',
      path: join(folder, 'my-ffmpeg'),
      version: 'unknown',
      source: 'environment',
    });
  });

  it('keeps the version that setup noted where the variable names the same file', () => {
    const path = write('cached-ffmpeg');
    writeManifest('cache/longhand', path, '1');
    env['LONGHAND_FFMPEG'] = path;
    expect(resolveNativePart('ffmpeg', env)).toMatchObject({ version: '1', source: 'official' });
  });

  it('reads a relative path from the folder of the manifest', () => {
    const path = write('resources/parts/bin/ffmpeg');
    writeManifest('resources', 'bin/ffmpeg', '2');
    expect(resolveNativePart('ffmpeg', env)?.path).toBe(path);
  });

  it('does not fall back when the variable points at nothing or says none', () => {
    writeManifest('cache/longhand', write('cached-ffmpeg'), '1');
    expect(resolveNativePart('ffmpeg', { ...env, LONGHAND_FFMPEG: join(folder, 'gone') })).toBeUndefined();
    expect(resolveNativePart('ffmpeg', { ...env, LONGHAND_FFMPEG: 'none' })).toBeUndefined();
  });

  it('takes a damaged manifest, and one whose file is gone, for missing', () => {
    write('cache/longhand/parts/ffmpeg.json', '{"name":');
    expect(resolveNativePart('ffmpeg', env)).toBeUndefined();
    writeManifest('cache/longhand', join(folder, 'gone'), '1');
    expect(resolveNativePart('ffmpeg', env)).toBeUndefined();
  });
});

describe('requireNativePart', () => {
  it('says what is missing, that nothing was lost, and what to do', () => {
    env['LONGHAND_FFMPEG'] = join(folder, 'gone');
    expect(() => requireNativePart('ffmpeg', env)).toThrow(AppError);
    expect(() => requireNativePart('ffmpeg', env)).toThrow(
      /ffmpeg: LONGHAND_FFMPEG says .*unchanged.*npm run doctor/,
    );
  });
});

describe('nativePartCacheFolder', () => {
  it('ignores a relative XDG_CACHE_HOME, as the specification asks', () => {
    expect(nativePartCacheFolder({ XDG_CACHE_HOME: 'relative', HOME: '/home/ada' })).toBe(
      '/home/ada/.cache/longhand',
    );
  });
});
