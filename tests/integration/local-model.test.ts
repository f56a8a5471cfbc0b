import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { askStructured } from '../../src-node/models/ask-structured.ts';
import { createLocalModels, type LocalModels } from '../../src-node/models/local-models.ts';
import { createModelRuntime } from '../../src-node/models/model-runtime.ts';
import { ContextOverflow } from '../../src-node/models/model-types.ts';
import { defaultSettings, type Settings } from '../../src-shared/domain/settings.ts';
import { askForOverall } from '../../src-worker/adapters/describe/prompts.ts';
import { startScriptedRuntime } from '../fixtures/scripted-runtime.ts';
import { startOllama, whyNoOllama, type OllamaServer } from '../fixtures/ollama-server.ts';

const reason = whyNoOllama();
if (reason !== null) process.stderr.write(`skipped: a real local model, since ${reason}\n`);

const schema = { type: 'object', properties: { word: { type: 'string', maxLength: 8 } }, required: ['word'] };

const facts = { originalName: 'boat.wav', language: 'en' };
const sizes = { contextTokens: 1024, answerTokens: 80 };
const never = new AbortController().signal;
const patienceMs = 5 * 60_000;

function openModels(address: string | null, settings: Partial<Settings> = {}): LocalModels {
  return createLocalModels({
    // Whatever else the computer does.
    runtime: createModelRuntime({ readAddress: () => address, lookWithinMs: patienceMs }),
    readSettings: () => ({ ...defaultSettings, ...settings }),
  });
}

describe.skipIf(reason !== null)('a real local model', () => {
  let server: OllamaServer;
  beforeAll(async () => {
    server = await startOllama();
  });
  afterAll(() => server.stop());

  const open = (signal: AbortSignal) => openModels(server.address).openModel('chat', { signal });

  it('is found among the installed ones, and says how much it can take and what it can do', async () => {
    const find = (settings: Partial<Settings>) =>
      openModels(server.address, settings).findModel('describe', { signal: never });
    expect(await find({ describeModelName: 'smollm2' })).toBe(server.model);
    expect(await find({ chatModelName: 'not-installed' })).toBe(server.model);
    const model = await open(never);
    expect(model).toMatchObject({ modelContextTokens: 8192, contextTokens: 8192, supportsTools: false });
  });

  it('answers in the form that was asked for', async ({ signal }) => {
    // A short form: with busy cores this model writes three words a second. The whole one is tested with a script.
    const form = z.strictObject({
      title: z.string().min(1).max(24),
      keywords: z.array(z.string().min(1).max(12)).min(1).max(2),
    });
    const { ask } = await open(signal);
    const messages = askForOverall(facts, ['A boat is mended.']);
    const answer = await askStructured(ask, { schema: form, messages, ...sizes });
    expect(form.parse(answer)).toEqual(answer);
  });

  it('streams an answer piece by piece and says how it ended', async ({ signal }) => {
    const { streamChat } = await open(signal);
    const kinds: string[] = [];
    let text = '';
    const messages = [{ role: 'user' as const, content: 'Say something about boats.' }];
    for await (const part of streamChat({ messages, answerTokens: 12 })) {
      kinds.push(part.kind);
      if (part.kind === 'text') text += part.textDelta;
    }
    expect(text.trim().length).toBeGreaterThan(0);
    expect(kinds.indexOf('end')).toBe(kinds.length - 1);
  });

  it('refuses a question that does not fit, instead of leaving out its beginning', async ({ signal }) => {
    const { ask } = await open(signal);
    const messages = [{ role: 'user' as const, content: 'far too long '.repeat(2000) }];
    await expect(ask({ messages, schema, contextTokens: 512, answerTokens: 20 })).rejects.toBeInstanceOf(
      ContextOverflow,
    );
  });

  it('stops in the middle of an answer when it is told to', async () => {
    const stopping = new AbortController();
    const { ask } = await open(stopping.signal);
    const long = {
      type: 'object',
      properties: { story: { type: 'string', minLength: 20_000 } },
      required: ['story'],
    };
    const asking = ask({
      messages: [{ role: 'user', content: 'Tell a story.' }],
      schema: long,
      contextTokens: 4096,
      answerTokens: 3000,
    });
    stopping.abort(new Error('stopped by the person'));
    await expect(asking).rejects.toThrow('stopped by the person');
  });

  it('that is not installed is an error with a way out', async () => {
    const { runtime } = openModels(server.address);
    const answer = runtime.streamChat(
      { name: 'not-installed', isThinker: false },
      { messages: [{ role: 'user', content: 'Hello' }], contextTokens: 512, answerTokens: 20 },
      never,
    );
    await expect(answer.next()).rejects.toMatchObject({
      code: 'dependency.chat-model-missing',
      retry: 'user',
    });
  });

  it('makes vectors of texts in which the same text lies nearest', async () => {
    const { runtime } = openModels(server.address);
    const vectors = await runtime.embed(server.model, ['a red boat', 'the tax return', 'a red boat'], never);
    const nearness = (left: number, right: number): number => {
      const [one, other] = [vectors[left], vectors[right]];
      if (one === undefined || other === undefined) throw new Error('a vector for each text');
      return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
    };
    expect(nearness(0, 0)).toBeCloseTo(1, 3);
    expect(nearness(0, 2)).toBeGreaterThan(nearness(0, 1));
  });
});

describe('a runtime on a busy computer', () => {
  it('is waited for longer by what wants to begin than by what only looks', async () => {
    const scripted = await startScriptedRuntime();
    const models = createLocalModels({
      runtime: createModelRuntime({ readAddress: () => scripted.address, lookWithinMs: 50 }),
      readSettings: () => defaultSettings,
    });
    scripted.fallSilent();
    const opening = models.openModel('chat', { signal: never });
    expect(await models.findModel('chat', { signal: never })).toBeNull();
    scripted.speakAgain();
    expect((await opening).name).toBe('scripted:latest');
  });

  it('is waited for where it is still looked for', async () => {
    const scripted = await startScriptedRuntime();
    let address: string | null = null;
    const models = createLocalModels({
      runtime: createModelRuntime({ readAddress: () => address, isOnItsWay: () => address === null }),
      readSettings: () => defaultSettings,
    });
    const opening = models.openModel('chat', { signal: never });
    expect(await models.findModel('chat', { signal: never })).toBeNull();
    ({ address } = scripted);
    expect((await opening).name).toBe('scripted:latest');

    address = null;
    const stopping = new AbortController();
    const stopped = models.openModel('chat', { signal: stopping.signal });
    stopping.abort(new Error('stopped by the person'));
    await expect(stopped).rejects.toThrow('stopped by the person');
  });

  it('that never answers is given up', async () => {
    const scripted = await startScriptedRuntime();
    const openWith = (patience: { beginWithinMs?: number }, signal: AbortSignal) =>
      createLocalModels({
        runtime: createModelRuntime({ readAddress: () => scripted.address, ...patience }),
        readSettings: () => defaultSettings,
      }).openModel('chat', { signal });
    scripted.fallSilent();
    await expect(openWith({ beginWithinMs: 50 }, never)).rejects.toMatchObject({
      code: 'dependency.model-runtime-missing',
    });
    // Also where it is the time of whoever asks that runs out; who stops it hears that it was stopped.
    await expect(openWith({}, AbortSignal.timeout(50))).rejects.toMatchObject({
      code: 'dependency.model-runtime-missing',
    });
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(openWith({}, stopped)).rejects.toThrow('stopped');
  });
});

describe('a runtime that is not there', () => {
  it('has no model, and that is no error', async () => {
    for (const address of ['http://127.0.0.1:9', null]) {
      expect(await openModels(address).findModel('chat', { signal: never })).toBeNull();
    }
  });

  it('fails in a way that is tried again by itself', async () => {
    const opening = openModels('http://127.0.0.1:9').openModel('chat', { signal: never });
    await expect(opening).rejects.toMatchObject({
      code: 'dependency.model-runtime-missing',
      retry: 'auto',
    });
  });
});
