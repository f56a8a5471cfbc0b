import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Principal } from './principal.ts';

/** Second step: may this caller do that. Secrets are for the creator to give, never for an agent. */
export function checkScope(principal: Principal, definition: CommandDefinition): void {
  if (principal.kind === 'agent' && (definition.secretInputs ?? []).length > 0) {
    throw new AppError({
      code: 'input.not-allowed',
      userMessage: `“${definition.title}” takes a secret, so only you can do it, in the window or on the command line. Nothing was changed.`,
      retry: 'never',
      details: { principal: principal.name },
    });
  }
  if (principal.scopes.has(definition.scope)) return;
  throw new AppError({
    code: 'input.not-allowed',
    userMessage: `“${definition.title}” needs the permission ${definition.scope}, which this caller does not have. Nothing was changed.`,
    retry: 'never',
    details: { principal: principal.name, scope: definition.scope },
  });
}
