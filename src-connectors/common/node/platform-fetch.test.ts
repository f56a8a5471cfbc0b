import { describe, expect, it } from 'vitest';
import { readRetryAfterMs, wasNeverSent } from './platform-fetch.ts';

const now = new Date('2026-11-25T10:00:00Z');

function read(headers: Record<string, string>): number | undefined {
  return readRetryAfterMs((name) => headers[name], now);
}

describe('how long a server asks to wait', () => {
  it('is read in seconds, as a date, and from the counters of Bluesky and Mastodon', () => {
    expect(read({ 'retry-after': '7' })).toBe(7_000);
    expect(read({ 'retry-after': 'Wed, 25 Nov 2026 10:01:00 GMT' })).toBe(60_000);
    expect(read({ 'ratelimit-reset': `${now.getTime() / 1_000 + 5}` })).toBe(5_000);
    expect(read({ 'x-ratelimit-reset': '2026-11-25T10:00:30.000Z' })).toBe(30_000);
  });

  it('is unknown where nothing is said, and never in the past', () => {
    expect(read({})).toBeUndefined();
    expect(read({ 'retry-after': 'soon' })).toBeUndefined();
    expect(read({ 'retry-after': 'Wed, 25 Nov 2026 09:00:00 GMT' })).toBe(0);
  });
});

describe('whether a request left at all', () => {
  it('is certain only for errors before the connection', () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    expect(wasNeverSent(new TypeError('fetch failed', { cause: refused }))).toBe(true);
    expect(
      wasNeverSent(new TypeError('fetch failed', { cause: new AggregateError([refused, refused]) })),
    ).toBe(true);
    expect(wasNeverSent(new TypeError('fetch failed', { cause: reset }))).toBe(false);
    expect(wasNeverSent(new TypeError('fetch failed', { cause: new AggregateError([refused, reset]) }))).toBe(
      false,
    );
    expect(wasNeverSent(new DOMException('too long', 'TimeoutError'))).toBe(false);
  });
});
