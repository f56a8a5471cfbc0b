import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../fixtures/api-harness.ts';
import { startModelRegistry } from '../fixtures/model-registry.ts';
import { startOllama, testModelFile, whyNoOllama } from '../fixtures/ollama-server.ts';
import { runCli, startCli } from '../fixtures/run-cli.ts';

const reason = whyNoOllama();
if (reason !== null) process.stderr.write(`skipped: chat models on the command line, since ${reason}\n`);

it.skipIf(reason !== null)(
  'longhand models pulls a chat model into the real runtime, lists it and deletes it',
  async () => {
    const ollama = await startOllama({ isEmpty: true });
    onTestFinished(() => ollama.stop());
    const registry = await startModelRegistry(testModelFile());
    onTestFinished(() => registry.stop());
    const home = makeFolder();
    const server = startCli(['serve'], { home, env: { OLLAMA_HOST: ollama.address } });
    await server.untilTold(/^worker: ready/);
    await server.untilTold(/^ollama: ready/);
    const models = (...args: string[]) => runCli(['models', ...args], { home });

    const pulled = await models('pull', registry.model);
    expect([pulled.exitCode, pulled.stderr]).toEqual([0, expect.stringMatching(/will be downloaded/)]);
    expect(pulled.stdout).toMatch(
      new RegExp(`^chat {4}${registry.model} {2}[\\d.]+ MB, for chat, describe, ideas$`, 'mu'),
    );
    expect((await models('list')).stdout).toContain(registry.model);

    const none = await models('pull', registry.model.replace('/small:', '/none:'));
    expect([none.exitCode, none.stderr]).toEqual([1, expect.stringMatching(/\[input\.not-found\]/)]);
    expect((await models('delete', registry.model)).exitCode).toBe(0);
    expect((await models('list')).stdout).not.toContain(registry.model);
    const again = await models('delete', registry.model);
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringMatching(/\[input\.not-found\]/)]);
  },
);
