import { describe, expect, it } from 'vitest';
import { requireSuccess, runTool, type ToolOutcome } from './run-tool.ts';

const { signal } = new AbortController();

/** Node itself stands in for ffmpeg. */
function runScript(script: string, more: Partial<Parameters<typeof runTool>[0]> = {}): Promise<ToolOutcome> {
  return runTool({ executablePath: process.execPath, arguments: ['-e', script], signal, ...more });
}

describe('running a tool', () => {
  it('hands over its output whole and in order', async () => {
    const chunks: Buffer[] = [];
    const script = 'for (let i = 0; i < 50000; i++) process.stdout.write(`line ${i}\\n`)';
    await runScript(script, { onStdout: (chunk) => chunks.push(Buffer.from(chunk)) });
    const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
    expect(lines).toHaveLength(50_000);
    expect(lines.at(-1)).toBe('line 49999');
  });

  it('keeps only the last messages, without those that were understood', async () => {
    const { stderrTail } = await runScript('for (let i = 0; i < 500; i++) console.error(`line ${i}`)', {
      onStderrLine: (line) => line.endsWith('9'),
    });
    const lines = stderrTail.split('\n');
    expect(lines).toHaveLength(60);
    expect(lines.at(-1)).toBe('line 498');
    expect(lines).not.toContain('line 489');
  });

  it('tells exit code and signal', async () => {
    expect(await runScript('process.exit(3)')).toMatchObject({ exitCode: 3, exitSignal: null });
    expect(await runScript("process.kill(process.pid, 'SIGSEGV')")).toMatchObject({
      exitCode: null,
      exitSignal: 'SIGSEGV',
    });
  });

  it('tells why the tool could not be started', async () => {
    const outcome = await runTool({ executablePath: '/nowhere/ffmpeg', arguments: [], signal });
    expect(outcome.startError).toMatchObject({ code: 'ENOENT' });
  });

  it('ends the tool when a reader of its output fails', async () => {
    const failing = runScript("process.stdout.write('x'); setInterval(() => {}, 1000)", {
      onStdout: () => {
        throw new Error('cannot keep up');
      },
    });
    await expect(failing).rejects.toThrow('cannot keep up');
  });

  it('ends the tool and throws the reason on cancellation', async () => {
    const cancelling = new AbortController();
    const reason = new Error('enough');
    const running = runScript("process.stdout.write('x'); setInterval(() => {}, 1000)", {
      signal: cancelling.signal,
      onStdout: () => cancelling.abort(reason),
    });
    await expect(running).rejects.toBe(reason);
  });
});

describe('judging how a tool ended', () => {
  const ended = (outcome: Partial<ToolOutcome>) =>
    requireSuccess(
      { exitCode: 0, exitSignal: null, stderrTail: '', startError: null, ...outcome },
      { inputPath: import.meta.filename, operation: 'thumbnail' },
    );

  it('is content with exit code 0, whatever the messages about the input', async () => {
    await expect(ended({ stderrTail: '[error] corrupt input packet in stream 1' })).resolves.toBeUndefined();
  });

  it('does not believe exit code 0 when the output did not fit on the disk', async () => {
    const stderrTail = '[error] Error closing file file:/library/picture.jpg: No space left on device';
    await expect(ended({ stderrTail })).rejects.toMatchObject({ code: 'storage.disk-full' });
  });

  it('names a failure', async () => {
    await expect(ended({ exitCode: 1 })).rejects.toMatchObject({ code: 'media.failed' });
    await expect(ended({ exitCode: null, exitSignal: 'SIGKILL' })).rejects.toMatchObject({ retry: 'auto' });
  });
});
