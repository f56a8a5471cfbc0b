import { describe, expect, it } from 'vitest';
import type { ProcessName, ProcessStatus } from '../../src-shared/domain/process-status.ts';
import { summariseHealth } from './health.ts';

function part(name: ProcessName, change: Partial<ProcessStatus> = {}): ProcessStatus {
  return {
    name,
    state: 'ready',
    pid: 1,
    version: null,
    port: null,
    startedAt: null,
    restartCount: 0,
    message: null,
    canRetry: false,
    isOurs: true,
    ...change,
  };
}

describe('the summary of all parts', () => {
  it('is ready when everything that is needed is, with or without a model runtime', () => {
    const parts = [
      part('api'),
      part('worker'),
      part('temporal'),
      part('ollama', { state: 'failed', canRetry: true }),
    ];
    expect(summariseHealth(parts)).toEqual({ level: 'ready', headline: 'Ready', isLibraryAway: false });
  });

  it('names the one part that is still starting', () => {
    const health = summariseHealth([part('api'), part('worker'), part('temporal', { state: 'starting' })]);
    expect(health).toEqual({ level: 'starting', headline: 'Work engine is starting', isLibraryAway: false });
  });

  it('says that Longhand starts again when the api process had been there before', () => {
    const health = summariseHealth([part('api', { state: 'starting', restartCount: 1 }), part('worker')]);
    expect(health).toMatchObject({ headline: 'Longhand is starting again', isLibraryAway: true });
  });

  it('is broken only once the supervisor gave up', () => {
    const crashed = part('worker', { state: 'failed' });
    expect(summariseHealth([part('api'), crashed]).level).toBe('starting');
    expect(summariseHealth([part('api'), { ...crashed, canRetry: true }])).toMatchObject({
      level: 'broken',
      headline: 'Transcription stopped',
    });
  });

  it('counts as starting before the first states arrived', () => {
    expect(summariseHealth([])).toMatchObject({ level: 'starting', isLibraryAway: true });
  });
});
