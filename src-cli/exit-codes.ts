/** What the shell is told. `commander` uses `usage` for wrong arguments. */
export const exitCodes = {
  done: 0,
  /** The command ran, and something it was asked for did not succeed. */
  failed: 1,
  usage: 2,
  /** The services could not be started or reached. */
  unavailable: 3,
  /** Ctrl+C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
