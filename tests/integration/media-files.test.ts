import { createHash } from 'node:crypto';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/domain/errors.ts';
import { copyIntoLibrary } from '../../src-worker/adapters/media/copy-into-library.ts';
import { expandMediaPaths } from '../../src-worker/adapters/media/expand-media-paths.ts';
import { fingerprintFile, hashFile } from '../../src-worker/adapters/media/hash-file.ts';
import { removeStaleTemporaryFiles, replaceFile } from '../../src-node/replace-file.ts';
import { waitUntilStable } from '../../src-worker/adapters/media/wait-until-stable.ts';

const { signal } = new AbortController();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-files-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Large enough for several chunks. */
const content = Buffer.alloc(2_500_000, 'recording ');
const contentHash = createHash('sha256').update(content).digest('hex');

async function makeFile(name: string, bytes: Buffer | string = content): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function thrownBy(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof AppError) return thrown;
  throw new Error(`expected an AppError, got ${String(thrown)}`);
}

describe('hashing', () => {
  it('is SHA-256, with progress up to 1', async () => {
    const fractions: number[] = [];
    const path = await makeFile('a.mp4');
    const result = await hashFile(path, { signal, onProgress: (share) => fractions.push(share) });
    expect(result).toEqual({ sha256: contentHash, sizeBytes: content.length });
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions.at(-1)).toBe(1);
  });

  it('refuses a file that is written to meanwhile', async () => {
    const path = await makeFile('growing.mp4');
    let grown: Promise<void> | undefined;
    const work = hashFile(path, { signal, onProgress: () => void (grown ??= appendFile(path, 'more')) });
    const error = await thrownBy(work);
    await grown;
    expect(error).toMatchObject({ code: 'media.changed', retry: 'auto' });
  });

  it('notices that the file is gone when it has read it', async () => {
    const path = await makeFile('going.mp4');
    let removed: Promise<void> | undefined;
    const error = await thrownBy(hashFile(path, { signal, onProgress: () => void (removed ??= rm(path)) }));
    await removed;
    expect(error.code).toBe('storage.vanished');
  });

  it('names empty and missing files', async () => {
    expect((await thrownBy(hashFile(await makeFile('empty', ''), { signal }))).code).toBe('input.empty-file');
    expect((await thrownBy(hashFile(join(folder, 'none'), { signal }))).code).toBe('storage.vanished');
  });

  it('can be cancelled in the middle', async () => {
    const cancelling = new AbortController();
    const work = hashFile(await makeFile('a.mp4'), {
      signal: cancelling.signal,
      onProgress: () => cancelling.abort(new Error('enough')),
    });
    await expect(work).rejects.toThrow('enough');
  });

  it('has a quick fingerprint that sees size, head and tail', async () => {
    const fingerprint = async (bytes: Buffer) => fingerprintFile(await makeFile('f', bytes), { signal });
    const original = await fingerprint(content);
    expect(await fingerprint(Buffer.from(content))).toBe(original);
    expect(await fingerprint(content.subarray(1))).not.toBe(original);
    expect(await fingerprint(Buffer.from(content).fill(0, 0, 1))).not.toBe(original);
    expect(await fingerprint(Buffer.from(content).fill(0, content.length - 1))).not.toBe(original);
  });
});

describe('copying into the library', () => {
  const library = () => join(folder, 'library', '2026');

  it('makes the folder, keeps name, content and time, and leaves the original alone', async () => {
    const source = await makeFile('talk.mp4');
    await utimes(source, new Date('2026-01-02'), new Date('2026-01-02'));
    const fractions: number[] = [];
    const copied = await copyIntoLibrary(source, library(), {
      signal,
      onProgress: (share) => fractions.push(share),
    });
    expect(copied).toMatchObject({ path: join(library(), 'talk.mp4'), sizeBytes: content.length });
    expect([contentHash, null]).toContain(copied.sha256);
    expect(await readFile(copied.path)).toEqual(content);
    expect((await stat(copied.path)).mtime).toEqual(new Date('2026-01-02'));
    expect(await readFile(source)).toEqual(content);
    expect(await readdir(library())).toEqual(['talk.mp4']);
    expect(fractions.at(-1)).toBe(1);
  });

  it('never replaces a file of the same name, not even when two copies run at once', async () => {
    const source = await makeFile('talk.mp4');
    await mkdir(library(), { recursive: true });
    await writeFile(join(library(), 'talk.mp4'), 'another recording');
    const copies = await Promise.all([1, 2].map(() => copyIntoLibrary(source, library(), { signal })));
    expect(copies.map(({ path }) => relative(library(), path)).toSorted()).toEqual([
      'talk (2).mp4',
      'talk (3).mp4',
    ]);
    expect(await readFile(join(library(), 'talk.mp4'), 'utf8')).toBe('another recording');
    expect(await readdir(library())).toHaveLength(3);
  });

  it('says how much room is missing before it copies anything', async () => {
    const source = await makeFile('talk.mp4');
    const work = copyIntoLibrary(source, library(), {
      signal,
      readFreeBytes: () => Promise.resolve(100_000_000),
    });
    const error = await thrownBy(work);
    expect(error.code).toBe('storage.disk-full');
    expect(error.details).toMatchObject({ missingBytes: content.length + 200 * 1024 * 1024 - 100_000_000 });
    expect(error.userMessage).toContain('113 MB more must be free');
    expect(await readdir(library())).toEqual([]);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const cancelling = new AbortController();
    const work = copyIntoLibrary(await makeFile('talk.mp4'), library(), {
      signal: cancelling.signal,
      onProgress: () => cancelling.abort(new Error('enough')),
    });
    // A file system that clones is done before it can be cancelled.
    await work.catch((error: unknown) => expect(String(error)).toContain('enough'));
    expect((await readdir(library())).filter((name) => name !== 'talk.mp4')).toEqual([]);
  });

  it('names a source that is not there', async () => {
    expect((await thrownBy(copyIntoLibrary(join(folder, 'none.mp4'), library(), { signal }))).code).toBe(
      'storage.vanished',
    );
  });
});

describe('waiting until a file has stopped growing', () => {
  const policy = { quietMs: 3000, intervalMs: 1000 };

  function fakeClock(steps: (() => Promise<void>)[]) {
    let nowMs = 0;
    return {
      now: () => nowMs,
      wait: async (delayMs: number) => {
        nowMs += delayMs;
        await steps.shift()?.();
      },
      elapsedMs: () => nowMs,
    };
  }

  it('counts the quiet time from the last change', async () => {
    const path = await makeFile('copying.mp4', '');
    const clock = fakeClock([() => appendFile(path, 'a'), () => appendFile(path, 'b')]);
    await waitUntilStable(path, { signal, policy, ...clock });
    expect(clock.elapsedMs()).toBe(2000 + policy.quietMs);
  });

  it('ends with a named error when the file goes away', async () => {
    const path = await makeFile('copying.mp4', 'a');
    const clock = fakeClock([() => rm(path)]);
    expect((await thrownBy(waitUntilStable(path, { signal, policy, ...clock }))).code).toBe(
      'storage.vanished',
    );
  });

  it('ends with the reason when it is cancelled', async () => {
    const path = await makeFile('copying.mp4', '');
    const cancelling = new AbortController();
    const work = waitUntilStable(path, { signal: cancelling.signal });
    cancelling.abort(new Error('stop'));
    await expect(work).rejects.toThrow('stop');
  });
});

describe('dropped files and folders', () => {
  async function expand(names: string[], limits: { maximumFiles?: number; maximumDepth?: number } = {}) {
    const found = await expandMediaPaths(
      names.map((name) => join(folder, name)),
      { signal, ...limits },
    );
    return {
      ...found,
      files: found.files.map((path) => relative(folder, path)),
      skipped: found.skipped.map(({ path, reason }) => `${relative(folder, path)}: ${reason}`),
    };
  }

  beforeEach(async () => {
    await mkdir(join(folder, 'trip/day 2'), { recursive: true });
    await mkdir(join(folder, 'trip/.cache'));
    for (const name of [
      'b.mp4',
      'a.MOV',
      'notes.txt',
      'day 2/c.wav',
      '.hidden.mp3',
      '.cache/d.mp3',
      'e.mp4.part',
      'f.mkv.crdownload',
      'g.mp3~',
    ]) {
      await makeFile(`trip/${name}`, 'x');
    }
    await makeFile('single.bin', 'x');
  });

  it('become the media files inside, in order, without hidden and half-finished ones', async () => {
    expect(await expand(['trip'])).toEqual({
      files: ['trip/a.MOV', 'trip/b.mp4', 'trip/day 2/c.wav'],
      skipped: ['trip/e.mp4.part: temporary', 'trip/f.mkv.crdownload: temporary', 'trip/g.mp3~: temporary'],
      isLimitReached: false,
    });
  });

  it('are taken whatever they are called when given by themselves', async () => {
    expect((await expand(['single.bin'])).files).toEqual(['single.bin']);
  });

  it('are listed once, however often they are given or linked', async () => {
    await symlink(join(folder, 'trip/b.mp4'), join(folder, 'trip/z-link.mp4'));
    await symlink(join(folder, 'trip/notes.txt'), join(folder, 'trip/z-notes'));
    const { files } = await expand(['trip/b.mp4', 'trip', 'trip']);
    expect(files).toEqual(['trip/b.mp4', 'trip/a.MOV', 'trip/day 2/c.wav']);
  });

  it('do not go round in circles', async () => {
    await symlink(join(folder, 'trip'), join(folder, 'trip/day 2/back'));
    expect((await expand(['trip'])).files).toHaveLength(3);
  });

  it('are bounded in number and depth', async () => {
    expect(await expand(['trip'], { maximumFiles: 2 })).toMatchObject({
      files: ['trip/a.MOV', 'trip/b.mp4'],
      isLimitReached: true,
    });
    expect((await expand(['trip'], { maximumDepth: 0 })).skipped).toContain('trip/day 2: too-deep');
  });

  it('that are missing are named, and the others found', async () => {
    await symlink(join(folder, 'nowhere'), join(folder, 'trip/broken.mp4'));
    const { files, skipped } = await expand(['gone', 'trip']);
    expect(files).toHaveLength(3);
    expect(skipped).toContain('gone: missing');
    expect(skipped).toContain('trip/broken.mp4: missing');
  });
});

describe('replacing a file', () => {
  it('shows the old content until the new one is whole', async () => {
    const path = await makeFile('waveform', 'old');
    const failing = replaceFile(path, async (temporaryPath) => {
      await writeFile(temporaryPath, 'half');
      throw new Error('interrupted');
    });
    await expect(failing).rejects.toThrow('interrupted');
    expect(await readFile(path, 'utf8')).toBe('old');
    await replaceFile(path, (temporaryPath) => writeFile(temporaryPath, 'new'));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['waveform']);
  });

  it('leaves files of a crashed run that can be cleared away later', async () => {
    await makeFile('.longhand-0000.part', 'x');
    await makeFile('.longhand-other', 'x');
    expect(await removeStaleTemporaryFiles(folder, 3_600_000)).toBe(0);
    const anHourAgo = new Date(Date.now() - 3_700_000);
    await utimes(join(folder, '.longhand-0000.part'), anHourAgo, anHourAgo);
    expect(await removeStaleTemporaryFiles(folder, 3_600_000)).toBe(1);
    expect(await readdir(folder)).toEqual(['.longhand-other']);
  });
});
