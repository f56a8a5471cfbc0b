import { describe, expect, it } from 'vitest';
import { isAffected } from './topics.ts';

describe('live updates', () => {
  it('fetch a query again when one of its topics changed', () => {
    expect(isAffected(['searchLibrary', { text: 'a' }], new Set(['assets']))).toBe(true);
    expect(isAffected(['listNotices', {}], new Set(['steps', 'notices']))).toBe(true);
  });

  it('leave queries alone that show nothing of what changed', () => {
    expect(isAffected(['readSettings', {}], new Set(['assets', 'steps']))).toBe(false);
    expect(isAffected(['processes'], new Set(['assets']))).toBe(false);
  });

  it('do not load a transcript again because of another one', () => {
    expect(isAffected(['readTranscript', { assetId: 'x' }], new Set(['transcripts']))).toBe(false);
  });
});
