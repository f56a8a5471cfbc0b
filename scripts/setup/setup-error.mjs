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
 * One line of whatever was thrown: the first, and while a line only announces the next, that too.
 *
 * @param {unknown} thrown
 */
export function describeFailure(thrown) {
  const lines = (thrown instanceof Error ? thrown.message : String(thrown)).trim().split('\n');
  let text = lines.shift() ?? '';
  while (text.endsWith(':') && lines.length > 0) text += ` ${lines.shift()?.replace(/^[\s-]+/, '')}`;
  return text;
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
