import type { TranscriptionEvent } from './protocol.ts';

type ProgressEvent = Extract<TranscriptionEvent, { type: 'progress' }>;

/** Counts what is done and estimates what is left from the speed of this run alone. */
export class ProgressMeter {
  readonly #totalMs: number | null;
  readonly #resumedMs: number;
  readonly #now: () => number;
  readonly #startedAt: number;
  #processedMs: number;
  #lastSavedAt: number;

  /** `savedMs`: what earlier runs did. `now` is a clock in milliseconds that never goes back. */
  constructor(options: { totalMs: number | null; savedMs: number; now?: () => number }) {
    this.#totalMs = options.totalMs;
    this.#resumedMs = options.savedMs;
    this.#processedMs = options.savedMs;
    this.#now = options.now ?? (() => performance.now());
    this.#startedAt = this.#now();
    this.#lastSavedAt = this.#startedAt;
  }

  addSaved(durationMs: number): void {
    this.#processedMs += durationMs;
    this.#lastSavedAt = this.#now();
  }

  read(): ProgressEvent {
    const totalMs = this.#totalMs;
    const processedMs = totalMs === null ? this.#processedMs : Math.min(this.#processedMs, totalMs);
    return { type: 'progress', processedMs, totalMs, remainingMs: this.#estimateRemaining() };
  }

  /** Null until the first chunk of this run is saved: there is nothing to judge by yet. */
  #estimateRemaining(): number | null {
    const doneMs = this.#processedMs - this.#resumedMs;
    if (this.#totalMs === null || doneMs === 0) return null;
    const leftMs = Math.max(0, this.#totalMs - this.#processedMs);
    const takenMs = this.#lastSavedAt - this.#startedAt;
    const sinceLastSavedMs = this.#now() - this.#lastSavedAt;
    return Math.max(0, Math.round((leftMs * takenMs) / doneMs - sinceLastSavedMs));
  }
}
