import type { Fault, ProxiedRequest } from '../fixtures/fault-proxy.ts';

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Calls that a person's other doings are made of are left alone; what publishing needs is not. */
const troubled = /applyWrites|getRecord|refreshSession|createSession|uploadBlob/;
const troubledShare = 0.4;

const kinds: readonly ((random: () => number) => Fault)[] = [
  () => ({ kind: 'drop-reply' }),
  () => ({ kind: 'drop-reply' }),
  () => ({ kind: 'half-reply' }),
  () => ({ kind: 'reset' }),
  () => ({ kind: 'lie', status: 500 }),
  () => ({ kind: 'answer', status: 500 }),
  (random) => askToWait(503, random),
  (random) => ({ kind: 'delay', delayMs: Math.round(random() * 2_000) }),
  (random) => askToWait(429, random),
];

function askToWait(status: number, random: () => number): Fault {
  return { kind: 'answer', status, headers: { 'retry-after': `${1 + Math.floor(random() * 3)}` } };
}

/** What becomes of a request while there is trouble. */
export function chooseFault(random: () => number, { url }: ProxiedRequest): Fault | null {
  if (!troubled.test(url) || random() > troubledShare) return null;
  return kinds[Math.floor(random() * kinds.length)]?.(random) ?? null;
}
