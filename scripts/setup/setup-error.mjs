/** A failure that a person can mend: the message says what happened and what to do, and is shown without a stack. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {{ cause?: unknown }} [options]
   */
  constructor(message, options) {
    super(message, options);
    this.name = 'SetupError';
  }
}

/**
 * The first line of whatever was thrown: enough for a list of attempts.
 *
 * @param {unknown} thrown
 */
export function describeFailure(thrown) {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.trim().split('\n')[0] ?? text;
}

/**
 * Runs an entry point: a SetupError ends it with its message, anything else with its stack; both with exit code 1.
 *
 * @param {() => Promise<number | void>} main resolves with the exit code
 */
export async function runEntryPoint(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (thrown) {
    const text =
      thrown instanceof SetupError ? thrown.message : thrown instanceof Error ? thrown.stack : thrown;
    process.stderr.write(`\n${text}\n`);
    process.exitCode = 1;
  }
}
