/** Where the two programs are; resolved once by the caller (see src-node/native-parts.ts) and passed in. */
export interface MediaTools {
  ffmpegPath: string;
  ffprobePath: string;
}

export interface MediaTaskOptions {
  /**
   * Ends the work and every process it started; the promise rejects with the signal's reason once they are gone.
   */
  signal: AbortSignal;
  /** Called with the share done, from 0 to 1, never falling. Not called where the length cannot be known. */
  onProgress?: (fraction: number) => void;
}
