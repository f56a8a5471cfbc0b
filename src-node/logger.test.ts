import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeLogger, createLogger, readRecentLogLines, redactSecrets, type Logger } from './logger.ts';

let logsFolder: string;

beforeEach(() => {
  logsFolder = mkdtempSync(join(tmpdir(), 'longhand-logger-'));
});

afterEach(() => {
  rmSync(logsFolder, { recursive: true, force: true });
});

const flush = (logger: Logger): Promise<void> =>
  new Promise((resolve) => {
    logger.flush(() => resolve());
  });

describe('redactSecrets', () => {
  it.each([
    '{"a":{"b":{"internalToken":"s3cret\\"quoted"}}}',
    '{"password":"s3cret"}',
    '{"headers":{"Authorization":"Bearer s3cret-and-more"}}',
    '{"msg":"sent Bearer s3cret.s3cret.s3cret"}',
    '{"api_key":"s3cret"}',
  ])('hides the secret in %s', (line) => {
    const redacted = redactSecrets(line);
    expect(redacted).not.toContain('s3cret');
    expect(redacted).toContain('[redacted]');
  });

  it('leaves numbers and other fields alone', () => {
    const line = '{"tokens":42,"token_count":"7 tokens","title":"secret garden"}';
    expect(redactSecrets(line)).toBe(line);
  });
});

describe('createLogger', () => {
  it('writes JSON lines with time, process and the cause of an error', async () => {
    const logger = createLogger({ processName: 'api', logsFolder });
    logger.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'it failed');
    await flush(logger);
    const line: unknown = JSON.parse(readFileSync(join(logsFolder, 'api.log'), 'utf8'));
    expect(line).toMatchObject({
      level: 'error',
      process: 'api',
      msg: 'it failed',
      err: { message: 'outer' },
    });
    expect(JSON.stringify(line)).toContain('inner');
  });

  it('rotates by size and keeps four older files', async () => {
    const logger = createLogger({ processName: 'api', logsFolder, maxFileBytes: 1000 });
    for (let round = 0; round < 12; round += 1) {
      for (let line = 0; line < 10; line += 1) logger.info({ round, line }, 'a line of some length');
      await flush(logger);
    }
    expect(readdirSync(logsFolder).sort()).toEqual([
      'api.1.log',
      'api.2.log',
      'api.3.log',
      'api.4.log',
      'api.log',
    ]);
  });
});

describe('readRecentLogLines', () => {
  it('merges the processes by time and leaves out what is cut off', async () => {
    const line = (process: string, second: number): string =>
      `${JSON.stringify({ time: `2026-01-01T00:00:0${second}.000Z`, level: 'info', process, msg: `m${second}` })}\n`;
    writeFileSync(join(logsFolder, 'api.log'), `"cut"}\n${line('api', 1)}${line('api', 3)}{"time":`);
    writeFileSync(join(logsFolder, 'worker.log'), line('worker', 2));
    const all = await readRecentLogLines(logsFolder, { maxLines: 2 });
    expect(all.map(({ msg }) => msg)).toEqual(['m2', 'm3']);
    const ofApi = await readRecentLogLines(logsFolder, { maxLines: 10, processName: 'api' });
    expect(ofApi.map(({ msg }) => msg)).toEqual(['m1', 'm3']);
  });
});

describe('closeLogger', () => {
  it('writes what is left and gives the file free', async () => {
    const logger = createLogger({ processName: 'api', logsFolder });
    for (let line = 0; line < 100; line += 1) logger.info({ line }, 'told');
    await closeLogger(logger);
    expect(readFileSync(join(logsFolder, 'api.log'), 'utf8').trimEnd().split('\n')).toHaveLength(100);
    expect(() => logger.info('too late')).not.toThrow();
  });
});
