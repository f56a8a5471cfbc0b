import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 100;
const tellEveryMs = 30_000;

/** Looks until it is so, and says now and then how far it is. Gives how long it took. */
export async function untilAll(
  count: () => number,
  whole: number,
  { what, log }: { what: string; log: (line: string) => void },
): Promise<number> {
  const fromMs = performance.now();
  let toldMs = fromMs;
  for (let present = count(); present < whole; present = count()) {
    if (performance.now() - toldMs > tellEveryMs) {
      toldMs = performance.now();
      log(`${present} of ${whole} ${what}`);
    }
    await delay(lookEveryMs);
  }
  return performance.now() - fromMs;
}

export async function untilSo(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(25);
}
