import { z } from 'zod';
import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import { AppError } from '../../src-shared/domain/errors.ts';

const mostProblems = 3;

/** Third step: does the request fit. Returns the input with its defaults filled in. */
export function validateInput(definition: CommandDefinition, input: unknown): unknown {
  const parsed = definition.input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: 'input.invalid',
    userMessage: `“${definition.title}” was asked for in a way that does not fit: ${tellProblems(parsed.error.issues)}. Nothing was changed.`,
    retry: 'never',
    details: { problems: z.prettifyError(parsed.error) },
  });
}

/** Where each problem is and what it is; the whole list is in the details. */
function tellProblems(issues: readonly z.core.$ZodIssue[]): string {
  const told = issues.slice(0, mostProblems).map(({ path, message }) => {
    return path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`;
  });
  const restCount = issues.length - told.length;
  return restCount === 0 ? told.join('; ') : `${told.join('; ')}; and ${restCount} more`;
}
