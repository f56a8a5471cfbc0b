/** A call that takes longer has most likely lost its connection. Uploads have their own limit. */
const callTimeoutMs = 30_000;

/** `fetch` that ends with the signal and after a while without an answer. */
export function createPlatformFetch(signal: AbortSignal, timeoutMs = callTimeoutMs): typeof fetch {
  return (input, init = {}) => {
    const signals = [signal, AbortSignal.timeout(timeoutMs)];
    const given = init.signal ?? (input instanceof Request ? input.signal : undefined);
    if (given !== undefined) signals.push(given);
    return fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };
}

/** Errors of the network before any byte of a request could leave. */
const neverSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Whether it is certain that nothing was sent; anything else that breaks may have arrived. */
export function wasNeverSent(thrown: unknown): boolean {
  return everyCause(thrown, (error) => 'code' in error && neverSentCodes.has(String(error.code)));
}

/** A refused connection to several addresses comes as one error with all of them in it. */
function everyCause(thrown: unknown, matches: (error: Error) => boolean): boolean {
  if (!(thrown instanceof Error)) return false;
  if (matches(thrown)) return true;
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    return thrown.errors.every((error) => everyCause(error, matches));
  }
  return everyCause(thrown.cause, matches);
}

/** How long the server asks to wait: `Retry-After` in seconds or as a date, else the moment its counter starts anew. */
export function readRetryAfterMs(
  readHeader: (name: string) => string | null | undefined,
  now: Date,
): number | undefined {
  const asked = readHeader('retry-after');
  if (asked !== null && asked !== undefined && asked !== '') {
    const seconds = Number(asked);
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
    const at = Date.parse(asked);
    if (!Number.isNaN(at)) return Math.max(0, at - now.getTime());
  }
  for (const name of ['ratelimit-reset', 'x-ratelimit-reset']) {
    const reset = readHeader(name);
    if (reset === null || reset === undefined || reset === '') continue;
    // Bluesky gives seconds since 1970, Mastodon a date.
    const at = /^\d+$/.test(reset) ? Number(reset) * 1_000 : Date.parse(reset);
    if (!Number.isNaN(at)) return Math.max(0, at - now.getTime());
  }
  return undefined;
}
