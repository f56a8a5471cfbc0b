import type { MachineMemory, MemoryFit } from './chat-model.ts';

/** What the runtime takes beside the weights and the context: its own code and room to calculate in. */
const runtimeBytes = 350_000_000;
/** The system and one more program must live too. */
const usableShare = 0.9;

export interface MemoryNeed {
  sizeBytes: number;
  contextTokens: number;
  contextBytesPerToken: number;
}

/** What a model takes once it is loaded: about, rather too much than too little. */
export function measureNeed({ sizeBytes, contextTokens, contextBytesPerToken }: MemoryNeed): number {
  return Math.round(sizeBytes * 1.05 + contextTokens * contextBytesPerToken + runtimeBytes);
}

/** Whether a model fits into the memory of this machine, and why. */
export function judgeFit(need: MemoryNeed, memory: MachineMemory): MemoryFit {
  const neededBytes = measureNeed(need);
  const needs = `It needs about ${gigabytes(neededBytes)} of memory`;
  if (neededBytes > memory.totalBytes * usableShare) {
    return {
      verdict: 'too-large',
      neededBytes,
      reason: `${needs}, and this computer has ${gigabytes(memory.totalBytes)}.`,
    };
  }
  if (neededBytes > memory.availableBytes) {
    return {
      verdict: 'no-room-now',
      neededBytes,
      reason: `${needs}, and ${gigabytes(memory.availableBytes)} is free right now. Closing other programs makes room.`,
    };
  }
  return { verdict: 'fits', neededBytes, reason: `${needs}; ${gigabytes(memory.availableBytes)} is free.` };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
