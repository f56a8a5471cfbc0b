import { totalmem } from 'node:os';
import process from 'node:process';
import type { MachineMemory } from '../../src-shared/domain/chat-model.ts';

/** macOS counts its cache of files as used, though it gives it up for any program that asks. */
const macShareToBeHad = 0.7;

/** The memory of this machine, within the limits that were set to this process. */
export function readMachineMemory(): MachineMemory {
  const constrained = process.constrainedMemory();
  const totalBytes = constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
  const available = Math.min(totalBytes, process.availableMemory());
  const availableBytes =
    process.platform === 'darwin' ? Math.max(available, totalBytes * macShareToBeHad) : available;
  return { totalBytes, availableBytes: Math.round(availableBytes) };
}
