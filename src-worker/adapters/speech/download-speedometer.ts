export interface ModelDownloadProgress {
  downloadedBytes: number;
  sizeBytes: number;
  /** Null while nothing can be said. */
  remainingMs: number | null;
}

/** Long enough to smooth a shaky network, short enough to follow a change. */
const windowMs = 10_000;
const shortestMeasureMs = 1_000;
/** Bytes arrive in thousands of small pieces. */
const betweenMarksMs = 250;

/** Tells from the bytes of the last seconds how long a download will still take. */
export class DownloadSpeedometer {
  readonly #sizeBytes: number;
  readonly #now: () => number;
  #marks: { atMs: number; bytes: number }[] = [];

  constructor(sizeBytes: number, now: () => number = () => performance.now()) {
    this.#sizeBytes = sizeBytes;
    this.#now = now;
  }

  measure(downloadedBytes: number): ModelDownloadProgress {
    const atMs = this.#now();
    const last = this.#marks.at(-1);
    if (last === undefined || atMs - last.atMs >= betweenMarksMs) {
      const recent = this.#marks.filter((mark) => atMs - mark.atMs <= windowMs);
      this.#marks = [...recent, { atMs, bytes: downloadedBytes }];
    }
    const [oldest] = this.#marks;
    const elapsedMs = oldest === undefined ? 0 : atMs - oldest.atMs;
    const arrivedBytes = oldest === undefined ? 0 : downloadedBytes - oldest.bytes;
    const isKnown = elapsedMs >= shortestMeasureMs && arrivedBytes > 0;
    const remainingMs = isKnown
      ? Math.round(((this.#sizeBytes - downloadedBytes) * elapsedMs) / arrivedBytes)
      : null;
    return { downloadedBytes, sizeBytes: this.#sizeBytes, remainingMs };
  }
}
