import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Principal } from './principal.ts';

/** Second step: may this caller do that. */
export function checkScope(principal: Principal, definition: CommandDefinition): void {
  if (principal.scopes.has(definition.scope)) return;
  throw new AppError({
    code: 'input.not-allowed',
    userMessage: `“${definition.title}” needs the permission ${definition.scope}, which this caller does not have. Nothing was changed.`,
    retry: 'never',
    details: { principal: principal.name, scope: definition.scope },
  });
}
