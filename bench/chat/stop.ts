import { setTimeout as delay } from 'node:timers/promises';
import { readProcessorTimeMs, type OllamaServer } from '../../tests/fixtures/ollama-server.ts';
import { median, type Measurement } from '../measurement.ts';

const lookEveryMs = 50;
/** One tick of the clock in which processor time is counted. */
const tickMs = 10;
const quietLooks = 3;
const giveUpMs = 20_000;

/** How long after `stop` the runtime still works: until its processes use no processor time any more. On Linux only. */
export async function measureStop(server: OllamaServer, stop: () => Promise<unknown>): Promise<number> {
  const used = (): number => server.runnerPids().reduce((sum, pid) => sum + readProcessorTimeMs(pid), 0);
  const startedMs = performance.now();
  await stop();
  let lastWorkMs = performance.now();
  let before = used();
  for (let quiet = 0; quiet < quietLooks && performance.now() - startedMs < giveUpMs;) {
    await delay(lookEveryMs);
    const now = used();
    quiet = now - before < tickMs ? quiet + 1 : 0;
    if (quiet === 0) lastWorkMs = performance.now();
    before = now;
  }
  return lastWorkMs - startedMs;
}

export function stopTable(timesMs: readonly number[]): Measurement {
  return {
    title: 'From stop to rest',
    method: `From the call that stops an answer in the middle until the processes of the runtime use no processor time any more, looked at every ${lookEveryMs} ms; ${timesMs.length} answers. The aim is 2000 ms.`,
    columns: ['what', 'middle ms', 'longest ms'],
    rows: [
      ['stop to rest', Math.round(median(timesMs)).toString(), Math.round(Math.max(...timesMs)).toString()],
    ],
  };
}
