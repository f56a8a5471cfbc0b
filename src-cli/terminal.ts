/** Results go to standard output; everything that is told meanwhile goes to standard error. */
export interface Terminal {
  printResult: (text: string) => void;
  tell: (line: string) => void;
  /** Whether someone watches standard error. */
  readonly isInteractive: boolean;
}

export function createTerminal(): Terminal {
  return {
    printResult: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    tell: (line) => void process.stderr.write(`${line}\n`),
    isInteractive: process.stderr.isTTY,
  };
}

/** `1 h 02 min`, `3 min`, `12 s`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `1.2 GB`, in powers of ten as disks are sold. */
export function formatBytes(sizeBytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = sizeBytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`;
}
