import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireNativePart } from '../../src-node/native-parts.ts';
import type { CommandOutput } from '../../src-shared/contract/registry.ts';
import { makeFolder, writeRecording } from '../fixtures/api-harness.ts';
import { runCli, startCli } from '../fixtures/run-cli.ts';
import { startScriptedRuntime } from '../fixtures/scripted-runtime.ts';

/** A command for people, against services that run. */
async function serve() {
  const home = makeFolder();
  const runtime = await startScriptedRuntime([{ name: 'scripted:latest', sizeBytes: 1_500_000_000 }]);
  const server = startCli(['serve'], { home, env: { OLLAMA_HOST: runtime.address } });
  await server.untilTold(/^worker: ready/);
  await server.untilTold(/^ollama: ready/);
  return { runtime, models: (...args: string[]) => runCli(['models', ...args], { home }) };
}

describe('longhand models', () => {
  it('lists speech and chat models, and says what is wrong with the chat runtime', async () => {
    const { runtime, models } = await serve();
    const { stdout, exitCode } = await models('list');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^speech {2}base +installed, [\d.]+ MB, multilingual, in use$/mu);
    expect(stdout).toMatch(/^speech {2}small +available, [\d.]+ MB, multilingual$/mu);
    expect(stdout).toMatch(/^chat {4}scripted:latest {2}1\.5 GB, for chat, describe, ideas$/mu);

    const json = JSON.parse((await models('list', '--json')).stdout) as {
      speech: CommandOutput<'list-speech-models'>;
      chat: CommandOutput<'list-chat-models'>;
    };
    expect(json.speech.models.find(({ isInUse }) => isInUse)?.modelId).toBe('base');
    expect(json.chat).toMatchObject({ chosen: { chat: 'scripted:latest' }, runtime: { isReady: true } });
    expect(json.chat.models.find(({ isRecommended }) => isRecommended)?.fit.reason).toMatch(/GB of memory/);

    await runtime.kill();
    const without = await models('list');
    expect(without.stdout).toMatch(/^chat {4}The local model runtime does not answer\./mu);
    expect(without.stdout).not.toContain('scripted:latest');
  });

  it('imports a model of the person, and deletes it', async () => {
    const { models } = await serve();
    const source = requireNativePart('whisperModel').path;
    const imported = await models('import', source);
    expect([imported.exitCode, imported.stderr]).toEqual([0, '']);
    const modelId =
      /^speech {2}(\S+) +installed, [\d.]+ MB, multilingual$/mu.exec(imported.stdout)?.[1] ?? '';
    expect(modelId).not.toBe('');
    expect((await models('list')).stdout).toContain(`speech  ${modelId}`);

    expect(await models('delete', modelId)).toMatchObject({
      exitCode: 0,
      stdout: `${modelId} is deleted.\n`,
    });
    expect((await models('list')).stdout).not.toContain(modelId);
    const again = await models('delete', modelId);
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringMatching(/\[input\.not-found\]/)]);
    const inUse = await models('delete', 'base');
    expect([inUse.exitCode, inUse.stderr]).toEqual([
      1,
      expect.stringMatching(/in use.*\[input\.wrong-state\]/),
    ]);
    const notes = writeRecording(makeFolder(), 'notes.bin', 'no model at all'.repeat(100));
    const refused = await models('import', notes);
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringMatching(/\[input\.not-a-model\]/)]);
    const missing = await models('import', join(makeFolder(), 'gone'));
    expect([missing.exitCode, missing.stderr]).toEqual([
      1,
      expect.stringMatching(/\[dependency\.speech-model-missing\]/),
    ]);
  });

  it('waits for a pull, leaves it when interrupted, and stops it on request', async () => {
    const home = makeFolder();
    const server = startCli(['serve'], { home });
    await server.untilTold(/^worker: ready/);
    const there = await runCli(['models', 'pull', 'base'], { home });
    expect([there.exitCode, there.stderr]).toEqual([0, expect.stringMatching(/is installed already/)]);
    const unknown = await runCli(['models', 'pull', 'enormous'], { home });
    expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringMatching(/\[input\.not-found\]/)]);

    const pulling = startCli(['models', 'pull', 'small'], { home });
    await pulling.untilTold(/will be downloaded/);
    pulling.child.kill('SIGINT');
    const interrupted = await pulling.ended;
    expect([interrupted.exitCode, interrupted.stderr]).toEqual([
      130,
      expect.stringMatching(/goes on in the running Longhand/),
    ]);
    const stopped = await runCli(['models', 'stop', 'small'], { home });
    expect([stopped.exitCode, stopped.stdout]).toEqual([0, expect.stringMatching(/What arrived is kept/)]);
    expect((await runCli(['models', 'list'], { home })).stdout).toMatch(/^speech {2}small +stopped/mu);
  });
});
