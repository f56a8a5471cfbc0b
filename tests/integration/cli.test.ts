import { execa } from 'execa';
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../src-shared/contract/registry.ts';
import { makeFolder, writeRecording } from '../fixtures/api-harness.ts';
import { findMediaTools } from '../fixtures/find-media-tools.ts';
import { runCli, startCli, type CliRun } from '../fixtures/run-cli.ts';

const sample = join(import.meta.dirname, '../../resources/sample-jfk.flac');

function lastLine({ stdout }: CliRun): Record<string, unknown> {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

describe('without services', () => {
  it('tells the status and the whole contract, and starts nothing', async () => {
    const home = makeFolder();
    const status = await runCli(['status', '--json'], { home });
    expect(status.exitCode).toBe(0);
    expect(lastLine(status)).toMatchObject({
      isRunning: false,
      dataFolder: home,
      processes: [
        { name: 'api', state: 'stopped', pid: null },
        { name: 'worker', state: 'stopped', pid: null },
        { name: 'temporal', state: 'stopped', pid: null },
        { name: 'ollama', state: 'stopped', pid: null },
      ],
    });
    const listed = await runCli(['commands', '--json'], { home });
    const names = (JSON.parse(listed.stdout) as { name: string; inputSchema: unknown }[]).map(
      ({ name }) => name,
    );
    expect(names).toEqual(commandNames);
    expect(readdirSync(join(home, 'run'))).toEqual([]);
  });

  it('explains wrong usage with exit code 2 and other mistakes in a sentence, without a trace', async () => {
    const home = makeFolder();
    expect((await runCli(['no-such-command'], { home })).exitCode).toBe(2);
    expect((await runCli(['export', 'x', '--format', 'docx'], { home })).exitCode).toBe(2);
    expect((await runCli(['--help'], { home })).exitCode).toBe(0);
    const unknown = await runCli(['call', 'no-such-command'], { home });
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stderr).toMatch(/^longhand: Not found\. There is no command .*\[input\.not-found\]\n$/);
    const noJson = await runCli(['call', 'read-status', '--input', '{'], { home });
    expect(noJson.stderr).toMatch(/The input is not JSON/);
    const traced = await runCli(['call', 'no-such-command'], { home, env: { LONGHAND_DEBUG: '1' } });
    expect(traced.stderr).toMatch(/\n\s+at /);
  });

  it('says what is wrong with a data folder', async () => {
    const home = writeRecording(makeFolder(), 'a-file');
    const { exitCode, stderr } = await runCli(['status'], { home });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/cannot be the data folder.*\[input\.not-a-folder\]/);
  });
});

describe('with services of its own', () => {
  it('ingests a recording to the review queue, then ends everything it has started', async () => {
    const home = makeFolder();
    const run = await runCli(['ingest', sample, '--wait', '--json'], { home });
    // Which steps are seen on the way is a matter of how quickly each goes by.
    expect(run.stderr).toMatch(/sample-jfk\.flac: \w+/);
    expect(lastLine(run)).toMatchObject({
      status: 'review',
      durationMs: 11_000,
      language: 'en',
      error: null,
    });
    expect(JSON.stringify(lastLine(run)['segments'])).toMatch(/ask not what your country can do for you/i);
    expect(run.exitCode).toBe(0);
    expect(existsSync(join(home, 'run', 'instance.json'))).toBe(false);
    expect(existsSync(join(home, 'run', 'api.sock'))).toBe(false);
  });
});

describe('attached to running services', () => {
  it('shares them: status, ingest, duplicates, export, any command, and the end of waiting', async () => {
    const home = makeFolder();
    const media = makeFolder();
    const serve = startCli(['serve'], { home });
    await serve.untilTold(/serves/);
    await serve.untilTold(/^worker: ready/);

    const status = await runCli(['status', '--json'], { home });
    expect(lastLine(status)).toMatchObject({
      isRunning: true,
      processes: [
        { name: 'api', state: 'ready' },
        { name: 'worker', state: 'ready' },
        { name: 'temporal', state: 'ready' },
        { name: 'ollama' },
      ],
    });
    const second = await runCli(['serve'], { home });
    expect([second.exitCode, second.stderr]).toEqual([1, expect.stringMatching(/\[storage\.in-use\]/)]);

    // Interrupted: the work goes on without the command.
    const recording = join(media, 'talk.flac');
    // Long enough not to be done before the interruption.
    await execa(findMediaTools().ffmpegPath, ['-v', 'error', '-stream_loop', '5', '-i', sample, recording]);
    const waiting = startCli(['ingest', recording, '--wait'], { home });
    await waiting.untilTold(/talk\.flac/);
    waiting.child.kill('SIGINT');
    const interrupted = await waiting.ended;
    expect(interrupted.exitCode).toBe(130);
    expect(interrupted.stderr).toMatch(/The work goes on in the running Longhand/);

    // The same content under another name, a folder with nothing in it, and a file that is not there.
    copyFileSync(recording, join(media, 'copy.flac'));
    const missing = join(media, 'missing.mp4');
    const run = await runCli(['ingest', media, missing, '--wait', '--json'], { home });
    expect(run.exitCode).toBe(1);
    const lines = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(3);
    const ended = lines.filter(({ status: each }) => each === 'review');
    expect(new Set(ended.map(({ assetId }) => assetId)).size).toBe(1);
    expect(ended.map(({ isDuplicate }) => isDuplicate).sort()).toEqual([false, true]);
    expect(lines.find(({ path }) => path === missing)).toMatchObject({
      status: 'refused',
      error: { code: 'input.not-found' },
    });

    const assetId = String(ended[0]?.['assetId']);
    const exported = await runCli(['export', assetId, '--format', 'srt'], { home });
    expect(exported.stdout).toMatch(/^1\n00:00:00,\d{3} --> 00:00:\d\d,\d{3}\n.*fellow Americans/);
    const input = JSON.stringify({ assetId, title: 'From a pipe' });
    const called = await runCli(['call', 'update-asset', '--input', '-'], { home, input });
    expect(lastLine(called)).toMatchObject({ assetId, title: 'From a pipe' });
    const nowhere = join(media, 'gone', 'talk.srt');
    const unsaved = await runCli(['export', assetId, '--format', 'srt', '--output', nowhere], { home });
    expect([unsaved.exitCode, unsaved.stderr]).toEqual([1, expect.stringMatching(/\[storage\.not-saved\]/)]);
    const refused = await runCli(['export', '00000000-0000-4000-8000-000000000000'], { home });
    expect([refused.exitCode, refused.stdout]).toEqual([1, '']);

    serve.child.kill('SIGINT');
    expect((await serve.ended).exitCode).toBe(0);
    expect((await runCli(['status', '--json'], { home })).stdout).toContain('"isRunning":false');
  });
});
