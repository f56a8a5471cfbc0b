import { commandDefinition, isCommandName } from '../../src-shared/contract/registry.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ChangeHandler, QueryHandler } from './handler-types.ts';

export const listGrants: QueryHandler<'list-grants'> = {
  answer: (_input, { grants }) => ({ grants: grants.list() }),
};

export const createGrant: ChangeHandler<'create-grant'> = {
  prepare: (input, { grants, now }) => {
    const { command, expiresAt } = input;
    if (!isCommandName(command) || !commandDefinition(command).agentsNeedApproval) {
      throw unfit(
        `“${command}” is not a command that agents need an approval for. Nothing was changed. Choose one from the list of commands.`,
      );
    }
    if (expiresAt !== null && expiresAt <= now().toISOString()) {
      throw unfit('This standing approval would be over already. Nothing was changed. Choose a later end.');
    }
    return () => {
      const grant = grants.create(input);
      return { output: { grant }, entityId: grant.grantId };
    };
  },
};

export const revokeGrant: ChangeHandler<'revoke-grant'> = {
  prepare:
    ({ grantId }, { grants }) =>
    () => ({ output: { grant: grants.revoke(grantId) }, entityId: grantId }),
};

function unfit(userMessage: string): AppError {
  return new AppError({ code: 'input.invalid', userMessage, retry: 'never' });
}
