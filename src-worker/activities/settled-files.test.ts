import { describe, expect, it } from 'vitest';
import { SettledFiles } from './settled-files.ts';

const take = { path: '/in/take.wav', sizeBytes: 100, modifiedAt: '2026-01-01T00:00:00.000Z' };
const none = new Map();

describe('files that settle', () => {
  it('needs two looks at the same size and time, far enough apart', () => {
    const settled = new SettledFiles(2000);
    expect(settled.sort([take], none, 0)).toEqual({ ready: [], waitingCount: 1, nextLookInMs: 2000 });
    expect(settled.sort([take], none, 1500)).toEqual({ ready: [], waitingCount: 1, nextLookInMs: 500 });
    expect(settled.sort([take], none, 2000)).toEqual({ ready: [take], waitingCount: 0, nextLookInMs: null });
  });

  it('begins again when the file has grown', () => {
    const settled = new SettledFiles(2000);
    settled.sort([take], none, 0);
    const grown = { ...take, sizeBytes: 200 };
    expect(settled.sort([grown], none, 2500).ready).toEqual([]);
    expect(settled.sort([grown], none, 4500).ready).toEqual([grown]);
  });

  it('never takes an empty file', () => {
    const settled = new SettledFiles(2000);
    const empty = { ...take, sizeBytes: 0 };
    settled.sort([empty], none, 0);
    expect(settled.sort([empty], none, 60_000)).toMatchObject({ ready: [], waitingCount: 1 });
  });

  it('passes over what was imported, until it is another file under the same name', () => {
    const settled = new SettledFiles(2000);
    const imported = new Map([[take.path, { ...take, assetId: 'a' }]]);
    expect(settled.sort([take], imported, 0)).toEqual({ ready: [], waitingCount: 0, nextLookInMs: null });
    const other = { ...take, modifiedAt: '2026-01-02T00:00:00.000Z' };
    settled.sort([other], imported, 0);
    expect(settled.sort([other], imported, 2000).ready).toEqual([other]);
  });

  it('does not wait for ever when the clock is set back', () => {
    const settled = new SettledFiles(2000);
    settled.sort([take], none, 3_600_000);
    expect(settled.sort([take], none, 0).ready).toEqual([take]);
  });
});
