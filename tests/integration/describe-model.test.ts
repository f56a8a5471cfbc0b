import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ContextOverflow } from '../../src-worker/adapters/describe/ask-model.ts';
import { askStructured } from '../../src-worker/adapters/describe/ask-structured.ts';
import { askForOverall } from '../../src-worker/adapters/describe/prompts.ts';
import { createOllamaChat } from '../../src-worker/adapters/ollama/ollama-chat.ts';
import { createOllamaRuntime, type OllamaRuntime } from '../../src-worker/adapters/ollama/ollama-runtime.ts';
import { startOllama, whyNoOllama, type OllamaServer } from '../fixtures/ollama-server.ts';

const reason = whyNoOllama();
if (reason !== null) process.stderr.write(`skipped: describing with a real model, since ${reason}\n`);

const schema = { type: 'object', properties: { word: { type: 'string', maxLength: 8 } }, required: ['word'] };

const facts = { originalName: 'boat.wav', language: 'en' };
const sizes = { contextTokens: 1024, answerTokens: 80 };

describe.skipIf(reason !== null)('a real local model', () => {
  let server: OllamaServer;
  let runtime: OllamaRuntime;
  const never = new AbortController().signal;
  beforeAll(async () => {
    server = await startOllama();
    runtime = createOllamaRuntime(() => server.address);
  });
  afterAll(() => server.stop());

  it('is found among the installed ones, and says how much it can take', async () => {
    const chat = createOllamaChat(runtime);
    expect(await chat.findModel('smollm2', { signal: never })).toBe(server.model);
    expect(await chat.findModel('not-installed', { signal: never })).toBe(server.model);
    expect(await runtime.readContextTokens(server.model, never)).toBe(8192);
  });

  it('answers in the form that was asked for', async ({ signal }) => {
    // A short form: with busy cores this model writes three words a second. The whole one is tested with a script.
    const form = z.strictObject({
      title: z.string().min(1).max(24),
      keywords: z.array(z.string().min(1).max(12)).min(1).max(2),
    });
    const ask = runtime.openModel(server.model, signal);
    const messages = askForOverall(facts, ['A boat is mended.']);
    const answer = await askStructured(ask, { schema: form, messages, ...sizes });
    expect(form.parse(answer)).toEqual(answer);
  });

  it('refuses a question that does not fit, instead of leaving out its beginning', async ({ signal }) => {
    const ask = runtime.openModel(server.model, signal);
    const messages = [{ role: 'user' as const, content: 'far too long '.repeat(2000) }];
    await expect(ask({ messages, schema, contextTokens: 512, answerTokens: 20 })).rejects.toBeInstanceOf(
      ContextOverflow,
    );
  });

  it('stops in the middle of an answer when it is told to', async () => {
    const stopping = new AbortController();
    const ask = runtime.openModel(server.model, stopping.signal);
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
    const ask = runtime.openModel('not-installed', never);
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    await expect(ask({ messages, schema, contextTokens: 512, answerTokens: 20 })).rejects.toMatchObject({
      code: 'dependency.chat-model-missing',
      retry: 'user',
    });
  });
});

describe('a runtime that is not there', () => {
  const nowhere = createOllamaRuntime(() => 'http://127.0.0.1:9');
  const signal = new AbortController().signal;

  it('has no model, and that is no error', async () => {
    expect(await createOllamaChat(nowhere).findModel(null, { signal })).toBeNull();
    expect(await createOllamaChat(createOllamaRuntime(() => null)).findModel(null, { signal })).toBeNull();
  });

  it('fails in a way that is tried again by itself', async () => {
    await expect(nowhere.readContextTokens('any', signal)).rejects.toMatchObject({
      code: 'dependency.chat-model-failed',
      retry: 'auto',
    });
  });
});
