import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nativeParts, resolveNativePart } from '../../../src-node/native-parts.ts';
import { Sandbox, loadSetup, projectFolder, setupUrl, sha256Of, waitUntil, type Part } from './sandbox.ts';

let sandbox: Sandbox;
const update = (): void => undefined;
/** Nobody watches. */
const silent = {
  say: update,
  start: () => ({ update, note: update, finish: update, giveUp: update, fail: update }),
};

beforeEach(() => {
  sandbox = new Sandbox();
});

afterEach(() => sandbox.end());

function fakePart(routes: Part['routes']): Part {
  return {
    name: 'ffmpeg',
    title: 'A fake part',
    variable: 'LONGHAND_FFMPEG',
    pin: '1.2.3',
    isRequired: true,
    routes,
    verify: (path) => Promise.resolve(readFileSync(path, 'utf8')),
    mend: 'do this',
  };
}

function route(source: string, content: string | Error, extra: object = {}): Part['routes'][number] {
  return {
    source,
    install: ({ staging }) => {
      if (content instanceof Error) return Promise.reject(content);
      writeFileSync(join(staging, 'tool'), content);
      return Promise.resolve({ path: 'tool', version: '1.2.3', ...extra });
    },
  };
}

/** A route's failure that the next route may mend. */
const unreachable = Object.assign(new Error('not reachable'), { syscall: 'connect' });

describe('a native part', () => {
  it('comes from the environment, else the package, else the cache, else the first route that works', async () => {
    const { ensurePart, findPart } = await loadSetup('install-part.mjs');
    const part = fakePart([route('official', unreachable), route('package', 'from the package route')]);
    expect(findPart(part, sandbox.env)).toBeUndefined();

    const installed = await ensurePart(part, { progress: silent, env: sandbox.env });
    expect(installed).toMatchObject({ version: '1.2.3', source: 'package' });
    expect(readFileSync(installed.path, 'utf8')).toBe('from the package route');

    const untouched = fakePart([route('official', new Error('must not be asked'))]);
    expect(await ensurePart(untouched, { progress: silent, env: sandbox.env })).toEqual(installed);
    expect(resolveNativePart('ffmpeg', sandbox.env)).toMatchObject({
      path: installed.path,
      version: '1.2.3',
    });

    sandbox.env['LONGHAND_RESOURCES'] = join(sandbox.folder, 'resources');
    mkdirSync(join(sandbox.folder, 'resources', 'parts'), { recursive: true });
    writeFileSync(join(sandbox.folder, 'resources', 'parts', 'tool'), 'shipped');
    writeFileSync(
      join(sandbox.folder, 'resources', 'parts', 'ffmpeg.json'),
      JSON.stringify({ name: 'ffmpeg', path: 'tool', version: '1.2.3', pin: '1.2.3', source: 'x' }),
    );
    expect(findPart(untouched, sandbox.env)).toMatchObject({ source: 'packaged' });

    sandbox.env['LONGHAND_FFMPEG'] = join(sandbox.folder, 'resources', 'parts', 'tool');
    expect(findPart(untouched, sandbox.env)).toMatchObject({ source: 'environment' });
    sandbox.env['LONGHAND_FFMPEG'] = join(sandbox.folder, 'gone');
    expect(() => findPart(untouched, sandbox.env)).toThrow(/LONGHAND_FFMPEG says .* nothing is there/);
  });

  it('with another hash than the pinned one is refused, and the next route is tried', async () => {
    const { ensurePart } = await loadSetup('install-part.mjs');
    const good = { sha256: sha256Of(Buffer.from('good')) };
    const routes = [route('official', 'evil', good), route('package', 'good', good)];
    expect(await ensurePart(fakePart(routes), { progress: silent, env: sandbox.env })).toMatchObject({
      source: 'package',
    });
    await expect(
      ensurePart(fakePart(routes.slice(0, 1)), { progress: silent, env: sandbox.env, isFresh: true }),
    ).rejects.toThrow(/was expected; it was thrown away[\s\S]*What to do: do this/);
  });

  it('that no route brings is told with every reason and what to do', async () => {
    const { ensurePart } = await loadSetup('install-part.mjs');
    const routes = [route('official', unreachable), route('package', unreachable)];
    await expect(ensurePart(fakePart(routes), { progress: silent, env: sandbox.env })).rejects.toThrow(
      /1\.2\.3 could not be installed:\n.*official: not reachable\n.*package: not reachable\n\nWhat to do: do this/,
    );
  });

  it('is installed again when another version is pinned, and the old one stays for other checkouts', async () => {
    const { ensurePart } = await loadSetup('install-part.mjs');
    const older = fakePart([route('official', 'older')]);
    const newer = { ...fakePart([route('official', 'newer', { version: '2.0.0' })]), pin: '2.0.0' };
    await ensurePart(older, { progress: silent, env: sandbox.env });
    await ensurePart(newer, { progress: silent, env: sandbox.env });
    const again = await ensurePart(fakePart([]), { progress: silent, env: sandbox.env });
    expect(readFileSync(again.path, 'utf8')).toBe('older');
  });

  /** A part in a process of its own, that counts its installations and waits for a file before it ends. */
  const childSource = (): string => `
    import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
    import { setTimeout as delay } from 'node:timers/promises';
    import { ensurePart } from '${setupUrl('install-part.mjs')}';
    const folder = ${JSON.stringify(sandbox.folder)};
    const part = await ensurePart({
      name: 'ffmpeg', title: 'fake', variable: 'LONGHAND_FFMPEG', pin: '1.2.3', isRequired: true, mend: '',
      verify: async () => '',
      routes: [{ source: 'official', install: async ({ staging }) => {
        appendFileSync(folder + '/installations', 'x');
        writeFileSync(staging + '/tool', 'half');
        while (!existsSync(folder + '/go')) await delay(10);
        writeFileSync(staging + '/tool', 'whole');
        return { path: 'tool', version: '1.2.3' };
      } }],
    }, { progress: { say: () => writeFileSync(folder + '/waiting', ''), start: () => ({ update() {}, note() {}, finish() {}, giveUp() {}, fail() {} }) } });
    process.stdout.write(readFileSync(part.path, 'utf8'));`;

  async function readOutput(child: ChildProcess): Promise<string> {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child, 'close');
    return output;
  }

  it('is installed once where two processes ask at the same time', async () => {
    const outputs = [readOutput(sandbox.run(childSource())), readOutput(sandbox.run(childSource()))];
    await waitUntil(() => existsSync(join(sandbox.folder, 'waiting')));
    writeFileSync(join(sandbox.folder, 'go'), '');
    expect(await Promise.all(outputs)).toEqual(['whole', 'whole']);
    expect(readFileSync(join(sandbox.folder, 'installations'), 'utf8')).toBe('x');
  });

  it('is installed whole by the next run when one was killed in the middle', async () => {
    const first = sandbox.run(childSource());
    await waitUntil(() => existsSync(join(sandbox.folder, 'installations')));
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(resolveNativePart('ffmpeg', sandbox.env)).toBeUndefined();
    writeFileSync(join(sandbox.folder, 'go'), '');
    expect(await readOutput(sandbox.run(childSource()))).toBe('whole');
    expect(readdirSync(join(sandbox.folder, 'cache', 'longhand', 'locks'))).toEqual([]);
    expect(readdirSync(join(sandbox.folder, 'cache', 'longhand', 'staging'))).toEqual([]);
  });
});

describe('the list of parts', () => {
  it('is the same in setup and in the app, and pins what the lock file pins', async () => {
    const { allParts } = await loadSetup('parts.mjs');
    const fromSetup = Object.fromEntries(allParts.map(({ name, variable }) => [name, variable]));
    const fromApp = Object.fromEntries(
      Object.entries(nativeParts).map(([name, { variable }]) => [name, variable]),
    );
    expect(fromSetup).toEqual(fromApp);

    const lock = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    for (const name of ['node', 'electron'])
      expect(allParts.find((part) => part.name === name)?.pin).toBe(
        lock.packages[`node_modules/${name}`]?.version,
      );
  });
});

describe('the lock file', () => {
  it('names a build for every platform, so that npm ci works everywhere', () => {
    const { packages } = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !names.has(name)),
    );
    expect(missing).toEqual([]);
  });
});
