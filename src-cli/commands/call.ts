import { text } from 'node:stream/consumers';
import {
  commandDefinition,
  describeCommands,
  isCommandName,
  type CommandInput,
} from '../../src-shared/contract/registry.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { unwrap, withConnection, type CommandWork } from '../run-command.ts';

/** Lists the contract. Needs no services. */
export function createListCommand(options: { json: boolean }): CommandWork {
  return ({ terminal }) => {
    const commands = describeCommands();
    terminal.printResult(
      options.json
        ? JSON.stringify(commands)
        : commands.map(({ name, mode, title }) => `${name.padEnd(24)} ${mode.padEnd(6)} ${title}`).join('\n'),
    );
    return Promise.resolve(exitCodes.done);
  };
}

export interface CallOptions {
  /** JSON, or `-` for standard input. */
  input: string;
  idempotencyKey?: string;
}

/** Runs any command of the contract through the boundary and prints its value as JSON. */
export function createCallCommand(name: string, options: CallOptions): CommandWork {
  return async (context) => {
    if (!isCommandName(name)) {
      throw new AppError({
        code: 'input.not-found',
        userMessage: `There is no command “${name}”. Nothing was changed. \`longhand commands\` lists them.`,
        retry: 'never',
      });
    }
    const input = parseInput(options.input === '-' ? await text(process.stdin) : options.input);
    return withConnection(context, async ({ client, isAttached }) => {
      const { idempotencyKey } = options;
      // The boundary validates what was typed.
      const result = await client.call(
        name,
        input as CommandInput<typeof name>,
        idempotencyKey === undefined ? {} : { idempotencyKey },
      );
      context.terminal.printResult(JSON.stringify(unwrap(result)));
      if (!isAttached && commandDefinition(name).mode !== 'think') {
        context.terminal.tell(
          'It is recorded. The work goes on while Longhand runs: open it, or `longhand serve`.',
        );
      }
      return exitCodes.done;
    });
  };
}

function parseInput(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new AppError({
      code: 'input.invalid',
      userMessage: `The input is not JSON: ${cause instanceof Error ? cause.message : String(cause)}. Nothing was changed. Give it like --input '{"assetId":"…"}'.`,
      retry: 'never',
      cause,
    });
  }
}
