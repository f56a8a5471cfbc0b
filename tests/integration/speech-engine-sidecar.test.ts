import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../../src-node/logger.ts';
import { requireNativePart, resolveNativePart } from '../../src-node/native-parts.ts';
import { startCt2Engine } from '../../src-worker/adapters/speech/ctranslate2/ct2-engine.ts';
import {
  encodeFrame,
  FrameDecoder,
  type Frame,
} from '../../src-worker/adapters/speech/ctranslate2/frames.ts';
import { jfkPath, makeSilence } from '../fixtures/speech-audio.ts';

const program = resolveNativePart('speechEngine')?.path;
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

interface Running {
  child: ChildProcess;
  /** The next message. */
  next(): Promise<Frame>;
  send(header: object, payload?: Uint8Array): void;
  sendRaw(bytes: Uint8Array): void;
}

function start(modelFolder = requireNativePart('whisperModel').path): Running {
  const child = spawn(program ?? '', ['--model', modelFolder], { stdio: ['pipe', 'pipe', 'ignore'] });
  started.push(child);
  const decoder = new FrameDecoder();
  const frames: Frame[] = [];
  child.stdout.on('data', (bytes: Buffer) => {
    frames.push(...decoder.push(bytes));
    if (frames.length > 0) child.emit('frame');
  });
  return {
    child,
    async next() {
      while (frames.length === 0) await once(child, 'frame');
      return frames.shift() ?? { header: undefined, payload: new Uint8Array() };
    },
    send(header, payload) {
      for (const part of encodeFrame(header, payload)) child.stdin.write(part);
    },
    sendRaw: (bytes) => void child.stdin.write(bytes),
  };
}

describe.skipIf(program === undefined)('the speech engine program', () => {
  it('ends when its input ends, in the middle of work', async () => {
    const sidecar = start();
    await sidecar.next();
    sidecar.send({ id: 1, operation: 'encode' }, new Uint8Array(28 * 16_000 * 4));
    sidecar.child.stdin?.end();
    expect(await once(sidecar.child, 'close')).toEqual([0, null]);
  });

  it('says so and ends when its input cannot be understood', async () => {
    const sidecar = start();
    await sidecar.next();
    sidecar.sendRaw(Buffer.alloc(64, 0xff));
    expect((await sidecar.next()).header).toMatchObject({ event: 'failed' });
    expect(await once(sidecar.child, 'close')).toEqual([2, null]);
  });

  it('answers a wrong request and goes on', async () => {
    const sidecar = start();
    await sidecar.next();
    sidecar.send({ id: 1, operation: 'sing' });
    expect((await sidecar.next()).header).toMatchObject({ id: 1, error: 'unknown operation "sing"' });
    sidecar.send({ id: 2, operation: 'decode', language: 'en' }, new Uint8Array(7));
    expect((await sidecar.next()).header).toMatchObject({ id: 2, error: expect.any(String) as string });
    sidecar.send({ id: 3, operation: 'encode' }, new Uint8Array(31 * 16_000 * 4));
    expect((await sidecar.next()).header).toMatchObject({ id: 3, error: 'the audio is longer than 30 s' });
  });

  it('says that a folder holds no model', async () => {
    const sidecar = start('/');
    expect((await sidecar.next()).header).toMatchObject({ event: 'failed' });
    expect(await once(sidecar.child, 'close')).toEqual([3, null]);
  });
});

/** In the place of the program: says that it is ready, and ends at the first request. */
const crashingProgram = `#!/usr/bin/env node
const header = Buffer.from(JSON.stringify({
  event: 'ready', protocol: 1, engineVersion: '0.0.0', isMultilingual: true,
  endOfTextToken: 50257, firstTimestampToken: 50364, vocabularySize: 51865, languages: ['en'],
}));
const lengths = Buffer.alloc(8);
lengths.writeUInt32LE(header.length);
process.stdout.write(Buffer.concat([lengths, header]));
process.stdin.once('data', () => process.exit(70));
`;

describe('driving the speech engine program', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'longhand-sidecar-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const options = () => ({
    modelFolder: requireNativePart('whisperModel').path,
    threads: 1,
    logger: createSilentLogger(),
  });

  it('reports a program that ends at once', async () => {
    const engine = startCt2Engine({ ...options(), programPath: '/bin/false' });
    await expect(engine).rejects.toMatchObject({ code: 'dependency.speech-engine-crashed' });
  });

  it('reports a program that is not there, or is none', async () => {
    for (const programPath of ['/nowhere/longhand-speech', jfkPath]) {
      const engine = startCt2Engine({ ...options(), programPath });
      await expect(engine).rejects.toMatchObject({ code: 'dependency.speech-engine-crashed' });
    }
  });

  it('gives up on a chunk at which the program stops twice', async () => {
    const programPath = join(folder, 'crashing-program');
    await writeFile(programPath, crashingProgram, { mode: 0o755 });
    const engine = await startCt2Engine({ ...options(), programPath });
    await expect(engine.encode(makeSilence(1))).rejects.toMatchObject({
      code: 'dependency.speech-engine-crashed',
      retry: 'auto',
    });
    await engine.close();
  });
});
