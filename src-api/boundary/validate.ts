import { z } from 'zod';
import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import { AppError } from '../../src-shared/domain/errors.ts';

/** Third step: does the request fit. Returns the input with its defaults filled in. */
export function validateInput(definition: CommandDefinition, input: unknown): unknown {
  const parsed = definition.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = z.prettifyError(parsed.error);
  throw new AppError({
    code: 'input.invalid',
    userMessage: `“${definition.title}” was asked for in a way that does not fit: ${firstLine(problems)}. Nothing was changed.`,
    retry: 'never',
    details: { problems },
  });
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).replace(/^✖\s*/u, '');
}
