import { readdir, readFile } from 'node:fs/promises';

const sampleEveryMs = 200;
const pageBytes = 4096;
const ticksPerSecond = 100;

/** What a process and all below it use. Linux only. */
export interface TreeUse {
  /** The largest sum of resident memory that was seen. */
  peakBytes: number;
  /** Processor time of all of them, as far as it was seen. */
  processorSeconds: number;
}

/** Watches a process and its descendants until stopped. */
export function watchProcessTree(rootPid: number): { stop: () => TreeUse } {
  let peakBytes = 0;
  const seconds = new Map<number, number>();
  const sample = async (): Promise<void> => {
    const uses = await readTree(rootPid);
    peakBytes = Math.max(
      peakBytes,
      uses.reduce((sum, use) => sum + use.residentBytes, 0),
    );
    for (const use of uses) seconds.set(use.pid, use.processorSeconds);
  };
  const timer = setInterval(() => void sample(), sampleEveryMs);
  return {
    stop() {
      clearInterval(timer);
      return { peakBytes, processorSeconds: [...seconds.values()].reduce((sum, value) => sum + value, 0) };
    },
  };
}

/** The pids of a process and its descendants. */
export async function listTree(rootPid: number): Promise<number[]> {
  return (await readTree(rootPid)).map(({ pid }) => pid);
}

interface ProcessUse {
  pid: number;
  parentPid: number;
  residentBytes: number;
  processorSeconds: number;
}

async function readTree(rootPid: number): Promise<ProcessUse[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(readUse))).filter((use) => use !== undefined);
  const inTree = new Set([rootPid]);
  // Parents may come after their children: go round until nobody is added.
  for (let before = 0; before !== inTree.size;) {
    before = inTree.size;
    for (const use of all) if (inTree.has(use.parentPid)) inTree.add(use.pid);
  }
  return all.filter((use) => inTree.has(use.pid));
}

async function readUse(pid: number): Promise<ProcessUse | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined) return undefined;
  const numberAt = (index: number): number => Number(fields[index]);
  return {
    pid,
    parentPid: numberAt(1),
    residentBytes: numberAt(21) * pageBytes,
    processorSeconds: (numberAt(11) + numberAt(12)) / ticksPerSecond,
  };
}
